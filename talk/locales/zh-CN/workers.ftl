# 特种作业人员名册：导入、查看、到期提醒
workers-no-enterprise-column = 表头缺少“{ $code }”或“{ $name }”，请补上其中一列后重新导入。
workers-unknown-enterprise = “{ $value }”不在企业名录中，请先导入该企业，或核对名称。
workers-ambiguous-enterprise = “{ $value }”在企业名录中有{ $number }家，请改填统一社会信用代码。
workers-number-lost = 被表格软件存成了数字，末几位已丢失，请将该列设为文本，按操作证重新填写。
workers-number-none = 不是操作证的证号，请按操作证填写。尚未取证的人员不列入名册。
workers-number-pattern = （{ $number }）不是“T”加18位公民身份号码。凭护照等其他证件领证的不用改，其余请按操作证更正。
workers-number-check = （{ $number }）末位校验不符，请按操作证更正。
workers-before-issue = 不晚于初领日期（{ $day }），请核对。
workers-review-after-end = 晚于有效期至（{ $day }），请核对。
workers-too-far = 距今超过{ $years }年，而操作证有效期为{ $years }年，请核对。
workers-reckoned-over = 为空，按有效期推算为{ $day }，已过，操作证按失效处理。已复审或换证的，请填写操作证上的日期。
workers-repeated = 与第{ $first }行是同一张操作证，请只保留一行。
workers-other-holder = 与第{ $first }行证号相同，姓名不同，请核对。
workers-namesake = 是新的，而名册中已有{ $name }同类别的操作证（{ $number }）。属于更正证号的，请把原证号也列一行，在岗状态填“离岗”。
workers-written = 已导入：新增{ $added }张操作证，变更{ $changed }张，无变化{ $unchanged }张，离岗移出{ $removed }张。
workers-written-partly = 已导入：新增{ $added }张操作证，变更{ $changed }张，无变化{ $unchanged }张，离岗移出{ $removed }张。另有{ $refused }行未导入，请修改后重新导入。
workers-dry-run = 试运行，未写入：将新增{ $added }张操作证，变更{ $changed }张，无变化{ $unchanged }张，离岗移出{ $removed }张。
workers-nothing-written = 未写入任何数据：{ $refused }行有误。请修改后重新导入。

workers-not-yours = 特种作业人员名册只供企业主要负责人和安全员查看。
workers-none = 名册中还没有特种作业人员。请将名册（姓名、作业类别、证号、初领日期、应复审日期、有效期至）报送{ $bureau }导入，证号请勿发到聊天中。
workers-heading = 特种作业人员名册：{ $number }张操作证
workers-void = ⚠️ 其中{ $number }张已失效，持证人不得从事该项作业。
workers-entry = { $number }. { $name }，{ $trade }，{ $certificate }：{ $state }
workers-name-at = { $name }（{ $enterprise }）
workers-expired = 有效期至{ $day }，已过，已失效
workers-review-overdue = 应复审日期{ $day }，已过，未复审，已失效
certificate-day =
    { $kind ->
        [review] 应复审日期{ $day }
        [expiry] 有效期至{ $day }
       *[usable] 可用至{ $day }
    }
workers-both = { $review }，{ $expiry }
workers-soon = { $what }，还有{ $days }天
workers-update = 人员或日期有变化的，请将新名册报送{ $bureau }导入，证号请勿发到聊天中。

workers-remind-heading = { $signature }{ $name }特种作业操作证到期提醒
workers-remind-soon = ⏰ 以下操作证即将到期：
workers-remind-line = { $name }，{ $trade }，{ $certificate }：{ $what }，还有{ $days }天
workers-remind-rest = 另有{ $number }张，见名册。
workers-remind-do = 请在到期前办妥复审或换证，并将新名册报送{ $bureau }。逾期的操作证失效，持证人不得作业，也不能列为动火人。
option-register = 查看名册

sealing-wrong-key = 加密的证号无法解开：现用的 ANZHU_SECRET_KEY（或数据文件夹中的 secret.key）不是导入时的密钥，请换回原来的密钥。
