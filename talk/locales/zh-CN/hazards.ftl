# 重大事故隐患：台账、报告、整改、复查、每周调度
hazard-state =
    { $state ->
        [found] 已发现
        [planned] 已定方案
        [rectifying] 整改中
        [done] 整改完成
        [evaluated] 已评估，待复查
        [reinspected] 复查通过，待销号
        [closed] 已销号
        [reopened] 重新打开
        [merged] 已并入另一处
        [withdrawn] 误登，已撤销
       *[not_major] 不属于重大隐患
    }
hazard-event =
    { $event ->
        [found] 发现
        [plan] 制定方案
        [progress] 更新进展
        [finish] 整改完成
        [evaluate] 整改评估
        [relapse] 又出现问题
        [deadline] 调整期限
        [waiting] 待评估
        [holds] 保持良好
        [list] 挂牌督办
       *[import] 导入
        [passed] 复查通过
        [failed] 复查不通过
        [close] 销号
        [look_back] 回头看合格
        [reopen] 重新打开
        [not_major] 认定不属于重大隐患
        [major] 认定属于重大隐患
        [merge] 并入另一处
        [merged] 另一处并入
        [withdraw] 撤销误登
        [extension] 申请延期
        [hold] 不同意延期
        [lift] 解除挂牌
    }
hazard-heading = { $signature }{ $name } { $hazard }：{ $state }
hazard-named = { $number }号重大事故隐患
hazard-named-unsure = { $number }号隐患（是否重大待认定）
hazard-place-line = 地点：{ $place }
hazard-criterion = 判定标准第{ $article }条：{ $text }
hazard-criterion-failed = 判定标准第{ $article }条（已设置但失效）：{ $text }
hazard-criterion-unsure = 判定标准：请部门判断
hazard-criterion-unknown = 判定标准：{ $criterion }
hazard-found =
    { $origin ->
        [enterprise] { $day }企业自查发现
       *[department] { $day }部门检查发现
    }
hazard-found-source = { $day }发现，来源：{ $source }
hazard-plan = 整改责任人：{ $person }；措施：{ $measures }；资金：{ $funds }；应急预案：{ $contingency }
hazard-deadline = 整改期限：{ $day }
hazard-deadline-left = 整改期限：{ $day }，还有{ $days }天
hazard-overdue = ⚠️ { $line }
hazard-deadline-over = 整改期限：{ $day }，已超期{ $days }天
hazard-listing = 挂牌督办：{ $by }（{ $number }），期限{ $deadline }
hazard-listing-lifted = 挂牌督办：{ $by }，{ $day }已解除
hazard-told = { $signature }{ $name } { $hazard }
hazard-told-found = 企业报告了这处重大事故隐患：
hazard-told-own = { $who }报告了这处隐患：
hazard-told-entered = 部门检查发现这处重大事故隐患，已录入台账。请制定整改方案：
hazard-told-put-off = 整改期限调整为{ $day }，原因：{ $reason }
hazard-told-evaluated = 企业已完成整改和评估，请复查：
hazard-told-listed = 已列入挂牌督办：{ $by }（{ $number }），期限{ $deadline }。
hazard-told-lifted = 已解除挂牌督办。
hazard-told-decided =
    { $act ->
        [passed] 复查通过（{ $by }）。说明：{ $remark }
        [failed] 复查不通过（{ $by }）。说明：{ $remark }
        [close] 销号（{ $by }）。说明：{ $remark }
        [look_back] 回头看合格（{ $by }）。说明：{ $remark }
        [reopen] 重新打开（{ $by }）。说明：{ $remark }
        [major] 认定属于重大隐患（{ $by }）。说明：{ $remark }
        [merge] 与另一处合并（{ $by }）。说明：{ $remark }
        [withdraw] 撤销误登（{ $by }）。说明：{ $remark }
        [extend] 同意延期（{ $by }）。说明：{ $remark }
        [hold] 不同意延期，仍按原期限整改（{ $by }）。说明：{ $remark }
       *[not_major] 认定不属于重大隐患（{ $by }）。说明：{ $remark }
    }
hazard-remark-none = 无说明
hazard-not-now = 这处隐患的状态已变化，或不由您办理，没有改动。请回复 /hazards 查看。
hazard-kept = ✅ 已记入{ $number }号隐患：{ $state }。
hazards-heading = 未销号的重大事故隐患{ $number }处，点序号查看：
hazards-none = 目前没有未销号的重大事故隐患。
hazards-none-closed = 目前没有已销号的重大事故隐患。
hazards-heading-closed = 已销号的重大事故隐患{ $number }处，点序号查看：
hazards-closed = 另有已销号的{ $number }处，回复“/hazards 已销号”查看。
hazard-entry = { $number }号 { $name } { $place }
hazard-entry-own = { $number }号 { $place }
hazard-state-until = { $state }，{ $until }
hazard-history = { $number }号隐患整改过程，共{ $number_of_steps }步：
hazard-step = { $at } { $who } { $event }
hazard-step-said = { $line }：{ $said }
hazard-step-import = 导入
hazard-step-deadline = { $old }→{ $new }，{ $reason }
hazard-step-evaluated = { $by }，{ $how }
hazard-step-by = { $by }：{ $said }
hazard-step-plan = { $person }，期限{ $deadline }
option-look = 查看
option-plan = 制定方案
option-replan = 修改方案
option-update = 更新进展
option-passed = 复查通过
option-failed = 复查不通过
option-close = 销号
option-look-back = 回头看合格
option-open-again = 重新打开
option-not-major = 不属重大
option-major = 属于重大
option-merge = 并入另一处
option-withdraw = 撤销误登
option-extend = 同意延期
option-hold = 不同意延期
option-listing = 挂牌督办
option-lift = 解除挂牌
option-history = 整改过程
option-back-to-card = 返回
option-report = 报告隐患
option-unsure = 说不准

report-title = { $name }重大隐患报告
report-place = { $name }：隐患在哪里？
report-place-label = 地点
report-place-hint = 请写明车间、部位或设备，如“2号除尘间风机”。
report-photo = 请拍一张现场照片发来。
report-photo-label = 照片
report-photo-none = 暂无照片
report-fixed = 当场整改好了吗？
report-fixed-label = 当场整改
report-fixed-yes = 已整改好
report-fixed-no = 还没有
report-how = 怎么整改的？
report-how-label = 整改措施
report-plan = 现在填写整改方案吗？共5项：责任人、措施、资金、期限、应急预案。
report-plan-label = 整改方案
report-plan-yes = 现在填写
report-plan-no = 先报告
report-confirm = 确认后记入台账，并即时报告{ $bureau }。
report-confirm-department = 确认后记入台账，并告知{ $name }。
report-receipt = ✅ 已记入台账，编号{ $number }，已报告{ $bureau }。回执编号 { $code }，检查时可出示核验。回执仅证明已提交，不代表对内容的认定。
report-taken = ✅ 已记入台账，编号{ $number }，已报告{ $bureau }。整改方案请在24小时内补填。
report-entered = ✅ 已记入台账，编号{ $number }，已告知{ $name }。

pick-article = 属于哪一类？
pick-article-label = 类别
pick-place = 是哪个部位或设备？
pick-place-label = 部位
pick-fact = 是哪一种情形？
pick-fact-label = 情形
pick-listed = { $lines }
pick-button = 第{ $number }项
pick-accepts = 请点选，或回复序号1至{ $last }；拿不准的，请点“说不准”。
pick-accepts-sure = 请点选，或回复序号1至{ $last }。
pick-not-listed = 这里只列适用于本企业行业和风险的情形，没有您回复的这一条。请回复序号1至{ $last }；拿不准的，请点“说不准”，由部门判断。
pick-not-listed-sure = 这里只列适用于该企业行业和风险的情形，没有您回复的这一条。请回复序号1至{ $last }。
pick-not-known = 没有您回复的这一项。请回复序号1至{ $last }。
pick-text = 请对照原文。第{ $article }条：{ $text }
pick-text-label = 对照原文
pick-met = 符合原文
pick-missing = 没有设置
pick-failed = 设了但失效

plan-title = { $number }号隐患整改方案
plan-person = 整改责任人是谁？
plan-person-label = 责任人
plan-measures = 采取什么整改措施？
plan-measures-label = 措施
plan-funds = 整改资金多少？
plan-funds-label = 资金
plan-funds-hint = 请回复确数，如“3万元”；不需要资金的，回复“0”。
plan-deadline = 整改期限到哪一天？
plan-deadline-label = 期限
plan-deadline-hint = 请回复今天或以后的日期，如“{ $example }”。
plan-contingency = 整改期间的应急预案是什么？
plan-contingency-label = 应急预案
plan-contingency-hint = 如“停用该设备，现场专人值守，出现异常立即撤人”。
plan-confirm = 确认后记入{ $number }号隐患的台账。
plan-kept = ✅ { $number }号隐患的整改方案已记入台账。
plan-changed = ✅ { $number }号隐患的整改方案已更新，原方案已保留。
plan-receipt = ✅ { $number }号隐患的整改方案已记入台账，报告已完整。回执编号 { $code }，检查时可出示核验。回执仅证明已提交，不代表对内容的认定。

update-title = { $number }号隐患整改进展
update-progress = { $number }号隐患（{ $place }）整改进展如何？
update-progress-label = { $number }号隐患
update-how = 怎么整改的？
update-how-label = { $number }号整改措施
update-evaluated = { $number }号隐患做过整改评估了吗？评估后部门才能复查、销号。
update-evaluated-label = { $number }号整改评估
update-note = 整改到哪一步了？
update-note-label = { $number }号进展
update-blocked = 卡在哪里，需要谁协调？
update-note-hint = 如“风机已到货，正在安装”。
update-blocked-hint = 如“资金3万元未到位，请集团协调”。
update-blocked-label = { $number }号困难
update-in-time = 能在{ $day }前完成吗？
update-in-time-label = { $number }号按期
update-in-time-yes = 能按期
update-in-time-no = 要延期
update-deadline = 原期限{ $day }，延到哪一天？
update-deadline-label = { $number }号新期限
update-deadline-over = 原期限{ $day }已过，新的期限是哪一天？
update-reason = 延期的原因是什么？
update-reason-label = { $number }号延期原因
update-photos = 请发送整改照片。
update-photos-label = { $number }号照片
update-done = { $number }号隐患（{ $place }）已整改完成，整改评估做了吗？
update-holds = { $number }号隐患（{ $place }）已评估，现场情况怎样？
update-relapsed = 出现了什么问题？
update-relapsed-label = { $number }号问题
update-confirm = 确认后记入{ $number }号隐患的台账。
going-going = 按方案推进
going-blocked = 遇到困难
going-done = 整改完了
going-holds = 保持良好
going-relapsed = 又有问题
going-evaluated = 已评估
going-waiting = 还没评估
evaluation-by = 整改评估由谁做的？
evaluation-by-label = { $number }号评估人
evaluation-by-hint = 请回复姓名和单位，如“王演三，本企业安全部”。
evaluation-how = 怎么评估的，结论是什么？
evaluation-how-label = { $number }号评估
evaluation-how-hint = 如“现场试运行2小时，联锁动作正常，整改到位”。
evaluation-photos = 请发送评估照片或评估报告。没有评估材料，不能销号。
evaluation-photos-label = { $number }号评估材料

weekly-counts = 本次每周调度，同时算作{ $month }月的月调度吗？
weekly-counts-label = 算作月调度
weekly-counts-yes = 算作
weekly-counts-no = 不算
weekly-missed = { $numbers }号隐患在填报期间状态已变化，本次所填仅留存记录。请回复 /hazards 查看。
weekly-dispatched = ✅ 同时记为{ $month }月调度确认。回执编号 { $code }。

decide-title =
    { $act ->
        [passed] { $number }号隐患：复查通过
        [failed] { $number }号隐患：复查不通过
        [close] { $number }号隐患：销号
        [look_back] { $number }号隐患：回头看合格
        [reopen] { $number }号隐患：重新打开
        [not_major] { $number }号隐患：认定不属于重大隐患
        [major] { $number }号隐患：认定属于重大隐患
        [merge] { $number }号隐患：并入另一处
        [withdraw] { $number }号隐患：撤销误登
        [extend] { $number }号隐患：同意延期
        [hold] { $number }号隐患：不同意延期
       *[lift] { $number }号隐患：解除挂牌
    }
decide-by =
    { $act ->
        [passed] { $number }号隐患（{ $place }）复查通过。谁复查的？
        [failed] { $number }号隐患（{ $place }）复查不通过。谁复查的？
        [close] { $number }号隐患（{ $place }）准予销号。谁审核的？
       *[look_back] { $number }号隐患（{ $place }）回头看合格。谁去看的？
    }
decide-by-label =
    { $act ->
        [close] 审核人
        [look_back] 回头看人员
       *[passed] 复查人
    }
decide-by-hint = 请点选，或回复姓名；几个人一起的，用顿号分开，如“张三、李四”。
decide-example =
    { $act ->
        [passed] 报警器已装，现场试验3次正常
        [failed] 泄爆口仍朝向人员通道，须改向
        [close] 复查通过，整改资料齐全，准予销号
        [look_back] 现场保持良好，报警器运行正常
        [reopen] 报警器已停用，隐患重新出现
        [major] 现场核实，作业人员无证
        [merge] 与41号是同一台设备
        [withdraw] 登错了企业
        [extend] 设备到货延误，已落实防范措施
        [hold] 风险未受控，不能延期
       *[not_major] 现场为普通仓库，不涉及可燃粉尘
    }
decide-needs-note = 复查、销号、回头看须写明情况，没有改动。请回复 /hazards，重新办理。
decide-remark =
    { $act ->
        [passed] { $number }号隐患（{ $place }）复查通过。现场情况如何？
        [failed] { $number }号隐患（{ $place }）复查不通过。还要改什么？
        [close] { $number }号隐患（{ $place }）准予销号，有何说明？
        [look_back] { $number }号隐患（{ $place }）回头看合格，有何说明？
        [reopen] { $number }号隐患（{ $place }）为什么重新打开？
        [not_major] { $number }号隐患（{ $place }）为什么不属于重大事故隐患？
        [major] { $number }号隐患（{ $place }）属于重大事故隐患的依据是什么？
        [merge] { $number }号隐患（{ $place }）为什么是同一处？
        [withdraw] { $number }号隐患（{ $place }）错登在哪里？
        [extend] { $number }号隐患（{ $place }）同意延期，有何说明？
        [hold] { $number }号隐患（{ $place }）为什么不同意延期？
       *[lift] { $number }号隐患（{ $place }）解除挂牌，有何说明？
    }
decide-remark-label =
    { $act ->
        [passed] 复查情况
        [failed] 还要整改
        [close] 销号说明
        [look_back] 回头看
        [reopen] 原因
        [not_major] 理由
        [major] 依据
        [merge] 理由
        [withdraw] 原因
        [extend] 意见
        [hold] 理由
       *[lift] 说明
    }
decide-confirm =
    { $act ->
        [passed] 确认后，{ $name }的{ $number }号隐患记为“复查通过”，并告知企业。
        [failed] 确认后，{ $name }的{ $number }号隐患记为“复查不通过”，并告知企业。
        [close] 确认后，{ $name }的{ $number }号隐患记为“销号”，并告知企业。
        [look_back] 确认后，{ $name }的{ $number }号隐患记为“回头看合格”，并告知企业。
        [reopen] 确认后，{ $name }的{ $number }号隐患记为“重新打开”，并告知企业。
        [not_major] 确认后，{ $name }的{ $number }号隐患记为“认定不属于重大隐患”，并告知企业。
        [major] 确认后，{ $name }的{ $number }号隐患记为“认定属于重大隐患”，计入调度表，并告知企业。
        [merge] 确认后，{ $name }的{ $number }号隐患不再单独统计，并告知企业。原记录保留。
        [withdraw] 确认后，{ $name }的{ $number }号隐患不再统计，并告知企业。原记录保留。
        [extend] 确认后，{ $name }的{ $number }号隐患按申请延期，并告知企业。
        [hold] 确认后，{ $name }的{ $number }号隐患仍按原期限整改，并告知企业。
       *[lift] 确认后，{ $name }的{ $number }号隐患记为“解除挂牌”，并告知企业。
    }
listing-title = { $number }号隐患挂牌督办
listing-by = 由谁挂牌督办？
listing-by-label = 挂牌单位
listing-number = 文号是什么？
listing-number-label = 文号
listing-number-hint = 如“沈安委办〔2023〕12号”。
listing-day = 哪天挂牌的？
listing-day-label = 挂牌日期
listing-deadline = 督办期限到哪一天？
listing-deadline-label = 督办期限
listing-confirm = 确认后，{ $name }的{ $number }号隐患列入挂牌督办，并告知企业。

which-title = 录入部门检查发现的隐患
which-ask = 在哪家企业发现的？
which-hint = 请回复统一社会信用代码，或企业名称中的几个字。
which-several = 有{ $number }家企业名称相近，请点选；没有列出的，请回复完整名称：
which-none = 您的辖区内没有找到“{ $text }”。请核对代码或名称。
which-of-yours = 请选择是哪家企业的隐患：

hazard-photos = { $number }号隐患的照片和文件：
hazard-photos-step = { $at }　{ $event }：{ $number }个
hazard-photos-none = { $number }号隐患没有照片。
option-photos = 查看照片
hazard-which = { $number }号隐患（{ $place }）
hazard-mark = { $number }号隐患
hazard-description = 问题：{ $text }
hazard-deadlines-clash = ⚠️ 整改期限（{ $deadline }）晚于督办期限（{ $listed }），请按督办期限安排整改。
hazard-asked = 已申请延期至{ $day }，原因：{ $reason }。部门同意以前，仍按原期限整改。
hazard-merged = 已并入{ $number }号隐患，请到{ $number }号查看。
hazard-told-found-unsure = 企业报告了这处隐患，是否属于重大说不准，请认定：
hazard-told-found-twin = 企业报告了这处重大事故隐患，与台账中{ $number }号的判定标准和地点相同，请核对是否重复：
hazard-told-asks = 企业申请延期整改挂牌督办的隐患，请决定：
hazard-told-passed =
    { $listed ->
        [yes] ⚠️ 督办期限已过，还没有解除挂牌：
       *[no] ⚠️ 整改期限已过，还没有整改完成：
    }
hazard-merge-gone = { $number }号隐患已销号，或不在这家企业，不能并入。请回复 /hazards 查看后再办。
hazard-merge-listed = { $number }号隐患正在挂牌督办，不能并入另一处。请把另一处并入{ $number }号。
hazard-step-merged = 并入{ $number }号，{ $reason }
hazard-step-took = { $number }号
hazard-step-asked = 延至{ $day }，{ $reason }
decide-deadline = { $number }号隐患新的整改期限到哪一天？
decide-into = 与哪一处是同一处？并入后，以那一处为准。
decide-into-label = 并入
report-description = 具体是什么问题？
report-description-label = 问题
report-description-hint = 请用一句话说明，如“除尘管道无泄爆口，现场有积尘”。
report-description-none = 同判定标准
report-same = 台账中已有{ $number }号隐患，判定标准和地点（{ $place }）都相同。是同一处吗？
report-same-label = 是否同一处
report-same-yes = 是同一处
report-same-no = 另一处
report-known = { $number }号隐患已在台账中，没有重复登记。
listing-confirm-clash = ⚠️ 督办期限早于企业的整改期限（{ $deadline }）。确认后，{ $name }的{ $number }号隐患列入挂牌督办，并告知企业。
