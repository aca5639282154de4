# 企业的存续状态：停产、复产、注销、迁出、合并
enterprise-state = { $state ->
    [active] 正常
    [suspended] 停产
    [deregistered] 注销
    [moved] 迁出
   *[merged] 合并
}
enterprise-event = { $event ->
    [suspend] 停产
    [resume] 复产
    [deregister] 注销
    [move] 迁出
   *[merge] 合并
}
state-since = { $state }（{ $day }起）
state-between = { $state }（{ $first }至{ $last }）
state-entered = { $first }起{ $event }
state-in-the-future = { $event }不能登记在今天以后。请按实际日期登记，到那一天再办。
state-ends-first = 停产的最后一天（{ $last }）早于第一天（{ $first }）。请核对日期。
state-clash = 按登记，{ $place }当天是{ $stands }，不能再登记{ $event }。请核对日期，或先撤回原来的登记。
state-clash-later = { $place }已登记“{ $entered }”，与这次登记冲突。请先撤回那一条，或改用其他日期。
state-back-clash = 之后还登记了“{ $entered }”，请先撤回那一条。
state-taken-back-before = 这条登记已撤回，没有改动。
state-merged-unknown = 企业名录中没有“{ $code }”。请核对并入企业的统一社会信用代码。
state-merged-itself = { $place }不能并入自己。请填写合并后存续的企业。
state-merged-closed = { $place }已登记{ $state }，不能作为合并后存续的企业。请核对。
state-told = { $place }的状态：{ $stands }。
state-told-coming = 已登记：{ $stands }。
state-told-duties = { $state ->
    [active] 各项任务按期填报；停产期间已过期的不用补。
    [suspended] 停产期间到期的任务不用填报，也不再提醒；复产后恢复。未销号的重大隐患仍在台账中。
   *[closed] 不再有待填报的任务。以往的填报和回执仍可查看。
}

# 导入名录时，名单里没有的企业
imports-missing = 名录中有{ $number }家不在这份名单里，未作改动，仍有任务待填报。已注销、迁出的，请由监管人员在企业卡片上登记，或加 --missing close 一并登记为注销：
imports-missing-closed = 不在这份名单里的{ $number }家已登记为注销，待填报的任务已撤销。登记有误的，可在企业卡片上撤回：
imports-missing-city = 以下{ $number }家由市级监管，名单里没有市级监管的企业，未作改动：
imports-listed-closed = 名单里的{ $number }家在名录中已登记注销、迁出或合并，状态未改。登记有误的，请在企业卡片上撤回：
imports-missing-one = 　{ $name }（{ $code }，{ $district }，{ $state }）
imports-missing-more = 　其余{ $number }家见 anzhu import 的 --json 输出。
imports-missing-reason = 新名单中没有
imports-missing-unread = 名单中有{ $number }行未能读取，无法确定哪些企业不在其中，未写入任何数据。请先改好这些行，再用 --missing close。
imports-missing-many = 名单里没有的有{ $number }家，超过所涉{ $covered }家的五分之一（{ $names }……），像是名单不全，未写入任何数据。请核对名单；确已注销的，请在企业卡片上逐家登记。

# 状态在别处的说法
duty-still = 停产期间免填，不再催办。
state-still = 停产期间免填
duty-closed = { $title }已不需要填报：企业已登记注销、迁出或合并。以往的填报和回执可在 /tasks 查看。
firm-state = 状态：{ $state }
check-closed = { $name }的状态为{ $state }，不再列入检查。
permit-enterprise-closed = { $place }的状态为{ $state }，不能申请动火作业。登记有误的，请联系监管部门。
permit-gone-remark = 企业状态：{ $state }
permit-gone = 作业票 { $code } 已取消：{ $place }的状态已登记为{ $state }。登记有误的，请联系监管部门。
permit-gone-working = ⛔ 作业票 { $code } 已取消：{ $place }的状态已登记为{ $state }。立即停止动火，清理火种，人员撤离现场。
permit-gone-staff = { $place }已登记为{ $state }，其动火作业票 { $code } 尚未结束，已取消，并已通知票上人员。
permit-gone-staff-working = ⚠️ { $place }已登记为{ $state }，而作业票 { $code } 正在作业，已取消，并已通知票上人员立即停止。请核实现场情况。
permit-gone-staff-watched = { $place }已登记为{ $state }，其作业票 { $code } 作业已结束，看火尚未完成，仍由票上人员看火。请核实现场有人看守。
imports-missing-hazards = 其中{ $number }家还有未销号的重大隐患，仍在台账中，请跟进：

# 登记、撤回
option-firm-state = 企业状态
option-enter-state = 登记变更
option-state-back = 撤回第{ $number }号
state-title = 登记{ $place }的状态
state-back-title = 撤回{ $place }的状态登记
state-ask = { $place }有什么变更？“迁出”指迁出本市；在市内换区的，请重新导入名录。
state-label = 变更
state-ask-first = { $event ->
    [suspend] 从哪天起停产？计划停产的，可填以后的日期。
    [resume] 从哪天起恢复生产经营？
    [deregister] 从哪天起注销？
    [move] 从哪天起迁出？
   *[merge] 从哪天起合并？
}
state-first-label = 起始日期
state-ask-planned = 有预计的复产日期吗？
state-planned-label = 预计复产
state-planned-yes = 有
state-planned-no = 还不确定
state-ask-last = 停产的最后一天是哪天？次日起各项任务自动恢复。
state-last-label = 最后一天
state-ask-into = { $place }并入哪家企业？
state-into-label = 并入
state-into-hint = 请回复企业名称，或统一社会信用代码。
state-ask-reason = 依据是什么？
state-reason-label = 依据
state-reason-hint = 请用一句话说明，如“企业书面申请”“登记机关通知”。
state-confirm = { $event ->
    [suspend] 请您核对。登记后，停产期间到期的任务免填，也不再提醒。
    [resume] 请您核对。登记后，尚未到期的任务恢复填报。
   *[closed] 请您核对。登记后，未填报的任务全部撤销。
}{ $event ->
    [suspend] { "" }
    [resume] { "" }
   *[closed] { $permits ->
        [0] { "" }
       *[other] 尚未结束的动火作业票有{ $permits }张，将取消并通知票上人员。
    }
}{ $hazards ->
    [0] { "" }
   *[other] 未销号的重大隐患有{ $hazards }处，仍在台账中，请继续跟进。
}
state-enter = 确认登记
state-is-entered = 已登记。
state-is-taken-back = 已撤回。
state-changed-meanwhile = 刚有同事登记了变更，您的登记没有生效。请核对后再办。
state-nothing-entered = 没有状态变更的记录。
state-line = 第{ $number }号：{ $what }。依据：{ $reason }（{ $by }，{ $at }）
state-line-back = 第{ $number }号：{ $what }。已撤回：{ $reason }（{ $by }）
state-entered-until = { $first }至{ $last }{ $event }
state-entered-into = { $first }起{ $event }，并入{ $into }
state-by-operator = 系统管理人员
state-back-ask = { $place }的登记“{ $what }”错在哪里？
state-back-label = 原因
state-back-hint = 请用一句话说明。
state-back-confirm = 确认后，“{ $what }”不再生效，各项任务恢复到登记以前；记录仍保留。
state-back-yes = 确认撤回

# 说明情况被接受
explained-entered = 已按情况说明登记：{ $stands }。停产期间到期的其他任务一并免填，提前复产的，请在企业卡片上登记。
explained-not-entered = 本项已免填，停产状态没有登记：
explained-gone = { $place }说明已注销或迁出。请核实后登记状态，其余任务随之撤销。
explained-ground = 说明情况：{ $title }

# 企业的电话号码，只给监管人员看
option-telephones = 联系电话
option-correct-telephone = 更正电话
telephones-none = 名录中没有{ $place }的电话号码。
telephones-heading = { $place }的联系电话：
telephones-line = { $whose }：{ $number }
telephone-of-firm = 企业联系电话
telephone-of = { $role }{ $name }
telephone-title = 更正{ $place }的电话
telephone-ask-whose = 更正{ $place }的哪个电话？
telephone-whose-label = 哪个电话
telephone-whose = { $whose ->
    [principal] 主要负责人
    [officer] 安全管理人员
   *[firm] 企业电话
}
telephone-ask = { $place }{ $whose }的号码是多少？
telephone-label = 号码
telephone-none = 没有号码
telephone-kept = 已登记{ $whose }的号码。只有监管人员能看到。
telephone-removed = 已删除{ $whose }的号码。
