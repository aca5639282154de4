# 规则包的日历（anzhu pack show）
calendar-due = 截止
calendar-opens = 开始
calendar-what = 事项
calendar-who = 责任人
calendar-ground = 依据
calendar-demand = 要求
calendar-mark = 日期由来
calendar-unsure = 待核实
calendar-day =
    { $off ->
        [holiday] { $day }，节假日
        [rest-day] { $day }，休息日
       *[no] { $day }
    }
calendar-always = 持续
calendar-within =
    { $unit ->
        [hours] 事发后{ $number }小时内
        [days] 事发后{ $number }日内
       *[other] 事发后{ $number }个工作日内
    }
calendar-event =
    { $event ->
        [hazard-found] 发现重大隐患时
        [hazard-open] 重大隐患整改期间
       *[hot-job] 动火作业时
    }
calendar-owner =
    { $owner ->
        [principal] 主要负责人
        [officer] 安全管理人员
        [clerk] 区县应急管理局
       *[city] { $bureau }
    }
calendar-clause = { $document }{ $plan }{ $clause }
calendar-marked =
    { $mark ->
        [N] 通知规定
        [D] 推定或自定
        [R] 标准规定
       *[other] 法规规定
    }
calendar-of =
    { $kind ->
        [district] { $title }，{ $year }年，区县应急管理局
        [city] { $title }，{ $year }年，{ $bureau }
       *[enterprise] { $title }，{ $year }年，企业（{ $whom }）
    }
calendar-plain-enterprise = 未指明行业和风险
calendar-of-municipal = 市直管
calendar-no-fixed-day = 没有固定日期的：
calendar-off = 默认不启用的（在沿用它的规则包里写 change: …: off: false 可启用）：
calendar-off-line = { $title }：{ $why }
calendar-people = { $number }人
calendar-anchored =
    { $unit ->
        [year] { $after }之后{ $number }年
        [month] { $after }之后{ $number }个月
       *[day] { $after }之后{ $number }天
    }
