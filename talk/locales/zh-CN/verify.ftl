# What the QR code of a hot-work permit leads to.

verify-approved = ✅ 作业票 { $code } 有效：已审批，尚未开始动火，有效期至{ $until }。现场动火前请核对票面与现场是否一致。
verify-started = ✅ 作业票 { $code } 有效：作业中，有效期至{ $until }。
verify-gas = ⛔ 作业票 { $code } 气体超限。停止动火，人员撤离现场。
verify-barred = ⚠️ 作业票 { $code } 已批准，但现在不具备开工条件。不得动火。
verify-suspended = ⚠️ 作业票 { $code } 已暂停。暂停期间不得动火。
verify-finished = 作业票 { $code } 的动火作业已结束，正在看火。不得继续动火。
verify-closed = 作业票 { $code } 已关闭：作业已完工验收。不得继续动火。
verify-expired = ⚠️ 作业票 { $code } 已于{ $until }到期失效。不得动火；继续作业须重新办理作业票。
verify-cancelled = 作业票 { $code } 已取消。不得动火。
verify-not-approved = ⚠️ 作业票 { $code } 未经批准，无效。不得动火。
# The text of a QR code where the bot has no link: plain, without a line break.
verify-how = 安嘱 动火作业票 { $code }，查验码 { $token }。向安嘱发送“/verify { $token }”查验。
verify-help = 请输入作业票上的查验码，例如：/verify 7KQ4M2PXW9HT
verify-unknown = ⚠️ 没有这个查验码。请核对后重新输入；仍查不到的，作业票可能是假的，不得动火。
verify-pause = 查验次数过多，请一小时后再试。
