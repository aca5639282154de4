# 动火作业票：申请、气体分析、监护、验收等对话
permit-like = 上次：{ $place }（{ $part }），{ $content }。焊工{ $welders }，负责人{ $leader }，监护人{ $guardian }。这次是同样的作业吗？
permit-like-label = 同上次作业
permit-like-yes = 与上次相同
permit-like-no = 重新填写
permit-place = 动火地点在哪里？
permit-place-label = 动火地点
permit-place-hint = 如“2号车间北侧管廊”。
permit-known =
    请点选，或直接回复新的名称：
    { $all }
permit-part = 动火部位是什么？
permit-part-label = 动火部位
permit-part-hint = 如“3号料仓下料口”。
permit-content = 做什么作业？
permit-content-label = 作业内容
permit-content-hint = 如“更换下料口法兰，焊接”。
permit-surroundings = 动火点属于哪一类场所？
permit-surroundings-label = 场所
permit-surroundings-hint =
    参照{ $standard }分类：
    { $all }
    同时属于几类的，请选靠前的一类。
permit-named = { $name }：{ $text }
permit-stopped = 装置是否已全部停车，并经清洗、置换、检测合格，且采取有效隔离？
permit-stopped-label = 停车清洗隔离
permit-stopped-hint = 全部做到的，参照{ $standard }按二级管理；有一项没做到，请选“没有全做到”。
permit-stopped-yes = 全部做到
permit-stopped-no = 没有全做到
permit-workpiece = 在什么上面动火？
permit-workpiece-label = 动火对象
permit-list-hint =
    请点选，或回复序号：
    { $all }
permit-air = 在室内还是露天？露天的，风力多大？
permit-air-label = 室内或露天
permit-air-hint = 参照{ $standard }，露天{ $force }级及以上大风应停止动火；确需动火的，升级管理。
permit-air-indoors = 室内
permit-air-calm = 露天不到{ $force }级
permit-air-windy = 露天{ $force }级以上
permit-ways = 动火方式有哪些？
permit-ways-label = 动火方式
permit-from = 计划什么时候开始？
permit-from-label = 开始时间
permit-from-hint = 请点选，或回复时间，如“14:30”“明天8:00”。审批和气体分析须在开始前完成。
permit-from-in = { $minutes ->
    [30] 半小时后
    [60] 1小时后
   *[120] 2小时后
    }
permit-from-morning = 明早8点
permit-from-past = { $moment }已过。作业票不能补办；已经动火的，请立即停止。还未动火的，请回复之后的时间，如“明天{ $tomorrow }”。
permit-from-far = { $moment }太早申请了，最晚填{ $latest }。
permit-accepts-from = 请回复时间，如“14:30”“明天8:00”；1至6点请写明“上午”“下午”。
permit-until = { $line }计划到什么时候结束？
permit-until-label = 结束时间
permit-until-at = 至{ $clock }
permit-until-next = 次日{ $clock }
permit-until-days = 连续{ $days }天
permit-until-before = 结束时间须晚于开始时间（{ $starts }），您回复的是{ $until }。请重新回复，如“次日”的请写明日期。
permit-until-long = { $line }{ $level ->
        [fixed] 本系统设定
       *[other] 参照{ $standard }，
    }最长{ $hours }小时，最晚到{ $latest }。请回复之前的时间；做不完的，到时另办新票。
permit-accepts-until = 请回复结束时间，如“17:00”，最晚{ $latest }；1至6点请写明“上午”“下午”。
permit-hours = 跨天作业，每天几点到几点动火？
permit-hours-label = 每日时段
permit-hours-hint = 只能在工作日的白天；参照{ $standard }，夜间、休息日和节假日动火须升级管理，请另行办票。
permit-hours-of = { $first }点–{ $last }点
permit-hours-shown = 每个工作日{ $first }–{ $last }
permit-hours-backwards = 每日时段的结束须晚于开始，不能跨夜。请重新回复，如“8:00–17:00”。
permit-hours-night = { $begins }至次日{ $ends }是夜间，参照{ $standard }，动火须升级管理、另行办票。请回复白天的时段，如“8:00–17:00”。
permit-hours-none = 计划时间里没有一个工作日有这个时段。请换一个时段，或点“上一步”改结束时间。
permit-accepts-hours = 请回复每日时段，如“8:00–17:00”。
permit-level-fixed = 固定动火区内动火，不分级。
permit-level-plain = 参照{ $standard }，按{ $level }动火管理。
permit-level-up = { $why }，参照{ $standard }由{ $base }升级为{ $level }管理。
permit-level-highest = { $why }，参照{ $standard }已是最高级（{ $level }）。
permit-why-holiday = { $day }是法定节假日
permit-why-rest = { $day }是休息日
permit-why-night = 涉及夜间（{ $begins }至{ $ends }）
permit-why-wind = 露天风力{ $force }级及以上
permit-welders = 由谁动火？
permit-welders-nobody = 登记册中没有证书在{ $day }仍有效的焊工，本次不能动火。
permit-welders-label = 动火人
permit-welder-line = { $name }　{ $trade }　{ $until }
permit-welder-void = { $name }：{ $why }
permit-welders-hint =
    登记册中可以动火的人，可选多人：
    { $names }
permit-welders-hint-void =
    登记册中可以动火的人，可选多人：
    { $names }
    不能列入：
    { $void }
permit-welders-void =
    不能列入：
    { $void }
permit-welder-unfit = { $name }不能列入作业票：{ $why }。请另选持有效证书的人；已换证或已复审的，请先更新登记册。
permit-welder-unknown = 登记册中没有“{ $name }”。请先把特种作业操作证导入登记册，再列入作业票；名字写错的，请重新回复。
permit-accepts-welders = 请点选，或回复姓名或序号，多人用“、”隔开。
permit-accepts-no-welders = 请点“上一步”缩短作业时间，或先更新登记册。
permit-fault =
    { $fault ->
        [review_overdue] 证书应复审日期{ $day }，已过，未复审
       *[expired] 证书有效期至{ $day }，已过
    }
permit-fault-ends =
    { $kind ->
        [review] 证书应复审日期{ $day }，到作业结束时已过，未复审即失效
        [expiry] 证书有效期至{ $day }，到作业结束时已过
       *[usable] 证书可用至{ $day }，到作业结束时已失效
    }
permit-fault-unlisted = 不在登记册
permit-fault-trade = 证书工种是{ $trade }，不含焊接与热切割
permit-nth = 第{ $number }位
permit-leader = 作业负责人是谁？
permit-leader-label = 作业负责人
permit-guardian = 监护人是谁？
permit-guardian-label = 监护人
permit-guardian-hint = 监护人须到场用自己的账号确认，才能开始动火。未使用本系统的，可直接回复姓名。
permit-guardian-welds = 监护人不能同时是动火人：监护人须全程看护，不得离开或做其他事。请另选一人。
permit-tester = 由谁做气体分析？
permit-tester-label = 分析人
permit-somebody-hint = 请点选，或直接回复姓名。
permit-somebody-twice = 有几位“{ $name }”。请点选其中一位。
permit-without-bot = { $name }（未使用本系统）
permit-accepts-somebody = 请点选一位，或回复姓名（2至60字）。
permit-sample = 本次不强制气体分析。要检测吗？
permit-sample-label = 气体分析
permit-sample-hint = 不检测的，请点选或回复原因。
permit-sample-yes = 检测
permit-sample-nothing = 无可燃介质
permit-others = 是否涉及其他特殊作业？
permit-others-label = 其他作业
permit-others-hint =
    涉及的须另办作业票。请点选，或回复序号：
    { $all }
permit-others-none = 不涉及
permit-other-number = “{ $name }”须另办作业票，票号是多少？
permit-other-number-label = { $name }票号
permit-other-number-hint = 请回复票号，如“S-0606-01”。还没办好的请点“还没有”，到场核对时补填；没有票号不能开工。
permit-other-number-none = 还没有
permit-accepts-other-number = 请回复票号，如“S-0606-01”；还没办好的，请点“还没有”。
permit-risks = 风险辨识结果有哪些？
permit-risks-label = 风险辨识
permit-risks-hint =
    建议：{ $likely }。请点选，或回复序号：
    { $all }
permit-risks-preset = 按建议
permit-measures = { $level }请逐项核对安全措施，是否已全部落实？
permit-measures-label = 安全措施
permit-measures-hint =
    适用的措施（参照{ $standard } 表A.1）：
    { $apply }
permit-measures-more =
    { $hint }
    其他措施：{ $rest }。
    与现场不符的，请回复全部适用且已落实的序号，如“1、2、5”。
permit-measure-rest = { $number }{ $name }
permit-measure-before = { $text }（{ $number }）
permit-measure-count = “{ $name }”的数量是多少？
permit-measure-unit = 个
permit-measures-preset = 全部落实
permit-photo = 请拍一张动火点现场照片。
permit-photo-label = 现场照片
permit-photo-hint = 须是今天的现场：动火部位、周边、灭火器材都看得见。
permit-prohibited = 最后核对“十不准”（共{ $number }条，参照{ $source }）：本次作业有没有其中任何一种情形？
permit-prohibited-label = 十不准
permit-prohibited-hint =
    { $all }
    有的，请回复序号，如“5、8”：有一条就不准动火。
permit-prohibited-none = 都没有
permit-confirm = { $line }有效期到{ $until }，到时自动失效。确认后送审批人（{ $approver }）；批准前不得动火。
permit-confirm-days =
    { $ask }
    休息日、节假日不在本票时间内，须另行办票。
permit-confirm-kept =
    沿用上次：
    作业内容：{ $content }
    动火对象：{ $workpiece }　方式：{ $ways }
    动火人：{ $welders }　负责人：{ $leader }
    监护人：{ $guardian }　气体分析：{ $tester }
    风险：{ $risks }　其他作业：{ $others }　数量：{ $numbers }
    有变化的，请返回第一题选“重新填写”。
    { $ask }
permit-kept-count = { $name }{ $number }
permit-no-sample = 不检测（{ $reason }）
permit-accepts-one = 请点选一项，或回复名称或序号（1至{ $last }）。
permit-accepts-list = 请点选后点“完成”，或回复序号，如“1、3”（1至{ $last }）。
permit-accepts-preset = 请点“{ $preset }”，或回复序号，如“1、3”（1至{ $last }）。
permit-accepts-none = 没有的，请点“{ $none }”；有的，请回复序号，如“1、3”（1至{ $last }）。

permit-gas = 作业票 { $number }：测的是哪种气体？
permit-gas-label = 气体
permit-gas-value = { $gas }的读数是多少？合格：{ $limit }。
permit-gas-value-label = 读数
permit-gas-value-hint = 请回复体积分数，如“0.05%”；仪器显示%LEL的，请写“5%LEL”。
permit-gas-oxygen-hint = 请回复体积分数，如“20.9%”。
permit-accepts-gas = 请回复一个读数，如“0.05%”“5%LEL”“300ppm”，不能是负数；几种气体请分开回复。
permit-accepts-oxygen = 请回复氧气的体积分数，如“20.9%”，不能是负数。
permit-gas-impossible = 没有这样的读数。{ $accepts }
permit-gas-reading =
    { $unit ->
        [lel] { $value }%LEL
        [ppm] { $value }ppm
        [volume] { $value }%（体积分数）
       *[percent] { $value }%
    }
permit-gas-unit = { $value }是体积分数，还是爆炸下限的百分比（%LEL）？如是%LEL，按爆炸下限{ $lel }%折算，体积分数为{ $share }%。
permit-gas-unit-label = 单位
permit-gas-lel = %LEL
permit-gas-volume = 体积分数
permit-gas-converted = { $reading }折算为体积分数{ $share }%。
permit-limit = 参照{ $standard }，不高于{ $limit }%
permit-limit-oxygen = 参照{ $standard }，{ $least }%至{ $most }%
permit-taken = 什么时候取样的？
permit-taken-converted = { $converted }什么时候取样的？
permit-taken-label = 取样时间
permit-taken-ago = { $minutes }分钟前
permit-taken-future = { $moment }还没到。取样时间不能晚于现在，请回复实际取样的时间，如“14:25”。
permit-taken-old = { $moment }取的样太早，不能用。请重新取样检测。
permit-accepts-taken = 请点选，或回复取样时间，如“14:25”“10分钟前”；1至6点请写明“上午”“下午”。
permit-gas-by = 作业票 { $number }：由谁取样分析的？
permit-gas-good = { $gas } { $value }%，合格（{ $limit }）。还测了别的气体吗？
permit-gas-more-label = 还有样品
permit-gas-done = 完成
permit-gas-more = 再测一种

permit-return-field = 作业票 { $number }：哪一项不对？
permit-return-field-label = 退回项
permit-return-hint = 申请人只重填这一项，再重新提交。
permit-remark-label = 退回说明
permit-reason =
    { $act ->
        [refuse] 为什么不批准作业票 { $number }（{ $place }）？
       *[cancel] 为什么作废作业票 { $number }（{ $place }）？
    }
permit-reason-label = 原因
permit-reason-hint =
    { $act ->
        [refuse] 请用一句话说明，申请人会看到。只有一项不对的，可改用“退回”。
       *[cancel] 请用一句话说明，相关人员都会看到。
    }
permit-reason-confirm =
    { $act ->
        [refuse] 不批准后，作业票 { $number } 即终止，不能恢复；需要动火的，须重新申请。
       *[cancel] 作废后，作业票 { $number } 即失效，不能恢复；现场须立即停止动火。
    }
permit-reason-yes =
    { $act ->
        [refuse] 不批准
       *[cancel] 作废
    }
permit-stop-why = 作业票 { $number } 已停止。因为什么停止？
permit-stop-hint = 先处置现场，原因可稍后再补。
permit-stop-later = 以后再说
permit-stop-gas = 气体报警
permit-stop-guardian = 监护人离开
permit-stop-sparks = 火花飞溅
permit-arrive = 作业票 { $number }（{ $place }）：请拍一张现场照片，确认您已到场监护。
permit-arrive-hint = 照片里要看得见动火部位和灭火器材。没有现场照片，不能开始动火。
permit-arrive-no-photo = 暂不拍照
permit-on-site = 作业票 { $number }（{ $place }）：请在现场逐项核对安全措施，有没有未到位的？
permit-on-site-hint =
    申请时由{ $applicant }填报：
    { $all }
    有未到位的，请回复序号，如“2、5”：有一项未到位就不能开工。确认后，各项记您的姓名和时间。
permit-on-site-done =
    { $hint }
    已现场确认：{ $those }。
permit-on-site-line = { $name }（{ $by } { $at }）
permit-on-site-all = 全部到位
permit-look = 作业票 { $number }（{ $place }）：看火情况如何？
permit-look-hint = 请到动火点和下方、背面、相邻空间看一遍，再点选。
permit-look-clear = 无火种余烟
permit-look-fire = 发现火情
permit-accept = 作业票 { $number }（{ $place }）：完工验收结果如何？
permit-accept-label = 验收结果
permit-accept-hint = 须无残留火种，气源电源已切断，现场已清理。
permit-accept-safe = 验收合格
permit-accept-unsafe = 还有问题
permit-accept-photo = 请拍一张验收后的现场照片。

permit-none-certified = { $name }的登记册中没有证书有效的焊工，不能申请动火。请把有效的特种作业操作证名单交{ $bureau }导入登记册后再申请；回复 /workers 可查看登记册。
permit-submitted = 作业票 { $number } 已送审批（{ $approver }）。计划{ $starts }至{ $until }。批准、分析、监护到场后才能动火。
permit-no-approver = 目前没有可以批准的人：批准人不能是申请人、焊工或监护人。请让有权批准的人加入本系统。
permit-gate-shut =
    { $gate ->
        [certified] 有焊工的证书在作业期间无效或不在登记册，没有提交。请重新选择。
        [distinct] 监护人、焊工、批准人须是不同的人，没有提交。请另选一人。
        [window] 开始时间已过，或时长超过本级别的上限（参照{ $standard }），没有提交。作业票不能补办；已经动火的，请立即停止。
        [harmless] 有“十不准”的情形，不能动火。
       *[point] 这个地点在同一时间已有一张作业票，没有提交。请改时间或地点，或先了结那一张。
    }
permit-forbidden =
    ⚠️ { $place }不准动火。有“十不准”（参照{ $source }）的以下情形：
    { $those }
    请先消除这些情形，再重新申请。消除之前，现场不得动火。
option-apply-again = 重新申请
permit-photo-old = 这张照片是{ $day }拍的，不是今天的现场，没有保存。请拍一张现在的现场照片。
permit-photo-again = 这张照片之前已经存入这张作业票，不能当作完工照片。请重新拍一张。
permit-photo-late = 这张照片是{ $day }拍的，已按当时的时间记入{ $code }，但不能用作今天的现场照片。
permit-reason-kept = 原因已记入作业票 { $number }。
permit-sample-good = 作业票 { $number }：{ $gas } { $value }%，合格，已记录。
permit-sample-old = 作业票 { $number }：{ $gas } { $value }%已记录，但{ $taken }取样已超过{ $level ->
        [fixed] { $minutes }分钟
       *[other] { $minutes }分钟（参照{ $standard }）
    }，不能凭它开始或恢复动火。请重新取样。
permit-sample-over =
    { $running ->
        [yes] ⛔ 作业票 { $number } 气体超限：{ $gas }。作业票已暂停，立即停止动火，人员撤离现场；处置后重新检测。
       *[no] ⛔ 作业票 { $number } 气体超限：{ $gas }。不得动火，人员撤离现场；处置后重新检测。
    }
permit-late = 作业票 { $number }（{ $state }）：已记录，但不再改变作业票的状态。
permit-fire = ⚠️ 作业票 { $number }（{ $place }）：请立即用现场器材扑救并拨打119，人员先撤到安全处。已通知负责人和安全员。
permit-fire-told = ⚠️ 作业票 { $number }（{ $place }）：{ $name }看火时发现火情。请立即组织扑救，拨打119。
permit-unsafe = 作业票 { $number } 还未验收。请处理好现场，再来验收。
permit-application-title = 动火作业票申请
permit-talk-title = 作业票 { $number }
permit-which = 作业票 { $number }（{ $place }）
permit-discarded = 申请人放弃修改。
