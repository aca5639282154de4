# Coverage (应检、应训): its counters, who is left, the trainings on the criteria.
option-coverage = 应检应训
coverage-heading = { $signature }{ $place }覆盖情况（截至{ $at }）
coverage-checks = 应检（涉及{ $tags }的企业）{ $owed }家：已检{ $done }家，未检{ $left }家。
coverage-trainings = 应训（主要负责人、安全管理人员）{ $owed }人：已训{ $done }人，未训{ $left }人。
coverage-unmet = 企业已填报但未达要求{ $number }项，涉及{ $enterprises }家。
coverage-municipal = 市级监管的{ $number }家由市局检查和培训，不计入。
coverage-line = 应检{ $to_check }，已检{ $checked }；应训{ $to_train }，已训{ $trained }
coverage-unchecked = { $place }未检{ $number }家：
coverage-unchecked-line = { $name }（{ $tags }）
coverage-untrained = { $place }未训{ $number }人：
coverage-untrained-line =
    { $role ->
        [principal] { $name }：主要负责人{ $number }人
       *[officer] { $name }：安全管理人员{ $number }人
    }
coverage-name = { $number }. { $name }
coverage-unknown = 没有这个地区。请回复如“/coverage 浑南区”；可选：{ $known }。
coverage-button-unchecked = 未检名单
coverage-button-untrained = 未训名单
coverage-button-record = 登记培训
coverage-button-trainings = 培训记录
coverage-button-export = 导出名单
coverage-button-back = 返回
coverage-export-making = 正在制作名单，做好后发给您。
coverage-export-ready = { $place }应检、应训名单（截至{ $at }）：
coverage-file-name = 应检应训名单

training-record-title = 登记培训
training-undo-title = 撤销培训{ $number }
training-day = 判定标准培训是哪天举办的？
training-day-label = 培训日期
training-venue = 在哪里举办？
training-venue-label = 地点
training-venue-hint = 如“区会议中心”或“线上”。
training-whom = 参加的是哪些企业？
training-whom-label = 参加企业
training-whom-all = 全部企业
training-whom-sectors = 按行业
training-whom-codes = 贴代码
training-sectors = 哪些行业？
training-sectors-label = 行业
training-roles = 参加的是哪些人？
training-roles-label = 参加人员
training-principals = 主要负责人
training-officers = 安全管理人员
training-confirm = 确认后登记为{ $place }的培训，计{ $number }家企业；登记后不能改，只能撤销并说明理由。
training-not-yours = 其中{ $number }个代码不在您负责的企业名录中：{ $codes }。请核对后重新粘贴全部代码。
training-nobody = { $place }没有符合条件的企业，培训没有登记。
training-recorded = 已登记培训{ $number }：{ $enterprises }家企业，{ $people }人。
training-title = 培训{ $number }（{ $day }，{ $venue }）
training-state =
    { $gone ->
        [yes] 已撤销
       *[no] { $enterprises }家，{ $people }人
    }
training-reached = { $place }：{ $enterprises }家企业，{ $people }人。
training-by = { $who }于{ $at }登记。
training-gone = 已撤销，理由：{ $reason }
training-button-undo = 撤销登记
training-undo = 培训{ $number }（{ $day }）为什么撤销？理由与记录一同保存。
training-undo-hint = 如“名单有误，另行登记”。
training-undone = 培训{ $number }已撤销，不再计入已训。
trainings-heading = { $place }的培训记录{ $number }条：

telegram-command-coverage = 应检应训
