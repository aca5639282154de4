# Spot checks (抽查): planned, drawn, entered, taken back. Nothing of a plan is said to an enterprise (四不两直).
checks-heading = { $signature }抽查检查
checks-counts = 计划中{ $planned }家，已登记{ $recorded }家次。
checks-quiet = 登记结果前，企业收不到、也看不到任何抽查信息（四不两直）。
checks-none = 目前没有。
checks-planned-heading = 计划抽查{ $number }家：
checks-recorded-heading = 已登记{ $number }家次，最近的在前：
checks-planned = 已列入抽查计划{ $number }家。
checks-planned-before = 此前已在计划中{ $number }家。
checks-unknown = 不在您可检查的企业名录中的代码{ $number }个：{ $codes }。

check-pick-title = 选取抽查企业
check-pick = 抽查哪些企业（{ $place }）？
check-accepts-enterprises = 请回复统一社会信用代码，或企业名称中的几个字；也可一次粘贴多个代码，最多{ $limit }个。
check-codes-unsound = “{ $code }”不是有效的统一社会信用代码。请核对后重新粘贴全部代码。
check-codes-many = 一次最多{ $limit }个代码，这里有{ $number }个。请分几次粘贴。
check-none-found = 您可检查的企业中没有找到“{ $text }”。请核对代码或名称。
check-too-many-found = 有{ $number }家企业名称相近。请多写几个字，或回复代码。
check-which = 有{ $number }家企业名称相近，请点选：
check-planned-already = { $name }已在抽查计划中。
check-moved = { $name }已不由本部门检查，没有登记。请撤下这项计划。

check-how =
    { $how ->
        [hand] 人工选取
        [draw] 随机抽取
       *[suggestion] 按建议名单
    }
check-state =
    { $state ->
        [planned] 计划中
        [recorded] 已登记
        [dropped] 已撤下
       *[taken_back] 已冲销
    }
check-heading = { $signature }抽查　{ $name }：{ $state }
check-from = 来源：{ $how }
check-from-draw = 来源：第{ $number }号随机抽取
check-assigned = 抽中的执法人员：{ $names }
check-quiet = 登记结果前，企业收不到、也看不到任何抽查信息。
check-nothing-found = 未发现调度表所列的问题。
check-findings = 发现问题{ $number }项：
check-lines = { $lines }
check-finding = { $label }：{ $note }
check-hazards-line = 已录入台账的重大事故隐患：{ $numbers }号
check-why = 原因：{ $why }
check-line-found = { $day }检查，发现问题{ $number }项
check-line-none = { $day }检查，未发现问题
check-line-taken-back = { $day }检查，已冲销
check-photos-shown = 检查照片{ $number }张：
check-no-photos = 这次检查没有照片。
check-hazards-heading = 这次检查录入的重大事故隐患{ $number }处。点序号可复查、挂牌、销号、回头看：

check-ground-suspended = { $days }天内作业票被暂停{ $number }次
check-ground-same-photo = 同一张照片用在不同的填报里（{ $number }张）
check-ground-overdue = { $numbers }号隐患整改超期
check-ground-all-zero = 危险性较大，而{ $number }次填报都是没有问题，台账也没有隐患
check-ground-unmet = 自报情况未达要求{ $number }项（{ $titles }），可作为检查线索，是否属实以检查为准
check-ground-untouched = { $day }确认了调度，但{ $numbers }号隐患当时已多日没有进展
check-grounds = { $first }；{ $rest }
check-suggested-heading = 以下{ $number }家有值得核实的情况，按信用代码排列，不分先后，仅供安排检查。点序号列入计划：
check-suggested-none = 目前没有建议抽查的企业。

check-draw-title = 随机抽取
check-draw-places = 从哪些地区抽取？
check-draw-places-label = 地区
check-city = 全市
check-draw-by = 从哪些企业中抽取？可选多项条件，须同时符合。
check-draw-by-label = 抽取范围
check-by-sector = 按行业
check-by-tag = 按风险
check-by-unchecked = 还没查过的
check-everybody = 全部企业
check-draw-sectors = 哪些行业？
check-draw-sectors-label = 行业
check-draw-tags = 涉及哪些风险？符合其一即可。
check-draw-tags-label = 风险
check-draw-lines =
    { $lines }
    可点选，也可回复编号，如“1、5”。
check-draw-number = 抽取多少家？
check-draw-number-label = 抽取
check-draw-number-hint = 每家从{ $inspectors }名执法人员中抽取2名。请回复数字，如“5”。
check-draw-unit = 家
check-draw-confirm = 随机种子在选择范围之前已生成，指纹{ $fingerprint }。抽取后公布种子，名单不能更换。
check-draw-now = 开始抽取
check-draw-heading = { $signature }第{ $number }号随机抽取（{ $at }）
check-draw-pool = 抽取范围{ $pool }家企业、{ $inspectors }名执法人员，抽中{ $number }家：
check-draw-seed = 种子：{ $seed }（抽取前的指纹：{ $fingerprint }）
check-draw-line = { $name }：{ $inspectors }
check-draw-more = 另有{ $number }家，见抽查计划。
check-draw-again = 任何时候都可重新验证：anzhu checks --draw { $number }
check-draw-open = 第{ $number }号随机抽取还没有抽。种子指纹：{ $fingerprint }
check-drawn-already = 第{ $number }号已抽取，结果如下。
check-empty-pool = 范围内没有可抽取的企业（已在计划中的不再抽取）。请换条件重新选择。
check-small-pool = 范围内只有{ $pool }家，抽不出{ $number }家，没有抽取。请减少数量或放宽条件。
check-few-inspectors = 检查须有两名以上执法人员，现登记{ $number }名。请先登记执法人员。

check-inspectors-title = 登记执法人员
check-name-inspectors = { $place }有哪些执法人员？
check-name-inspectors-hint = 请回复姓名，几个人用顿号分开，如“张三、李四”。
check-name-unsound = “{ $name }”不像姓名。姓名最多{ $limit }字，不含数字，几个人请用顿号分开。
check-inspectors-heading = 执法人员{ $number }名。点序号移出，以前的签名仍保留：
check-inspectors-none = 还没有登记执法人员。检查须有两名以上。
check-inspector-gone = 移出

check-record-title = { $name }的抽查结果
check-day = { $name }是哪天检查的？
check-day-label = 检查日期
check-inspectors = 哪些人检查的？至少两名。
check-inspectors-label = 检查人
check-inspectors-known =
    { $lines }
    可点选、回复编号，也可一次写全姓名，用顿号分开。
check-inspectors-new = 请一次写全姓名，用顿号分开，如“张三、李四”。
check-accepts-inspectors = 检查人应为2至{ $most }名。请点选，或一次写全姓名，如“张三、李四”。
check-as-drawn = 按抽取的
check-found =
    { $number ->
        [1] 查出了哪些问题？只点查出的。
       *[2] 还查出了哪些？只点查出的。
    }
check-found-label = 查出问题
check-found-more-label = 还查出
check-rows = { $lines }
check-rows-admitted =
    { $lines }
    企业自报的情况只是检查线索，不作为查出的问题，是否属实以检查为准。
check-row-admitted =
    { $label }
    企业自报：{ $said }{ $more ->
        [0] {""}
       *[other] ，另有{ $more }项
    }
check-admitted = { $day }“{ $said }”
check-nth = 第{ $number }项
check-found-none = 都没有
check-cases = “{ $label }”属于哪些情形？
check-cases-label = 问题{ $number }情形
check-note = “{ $label }”，具体是什么情况？
check-note-label = 问题{ $number }情况
check-note-uncertified = 须是现场看到，或核对企业保存的动火等作业票发现的；申请时已被拦下、没有作业的不算。
check-photos = 请发送这一项的现场照片。
check-photos-label = 问题{ $number }照片
check-photos-none = 暂无照片
check-confirm =
    { $own ->
        [yes] 谁检查、谁签名、谁负责。提交即为您本人签名；{ $names }中的其他人另行签名。结果告知{ $name }。
       *[no] 谁检查、谁签名、谁负责。提交后由{ $names }各自签名，签名前记录显示“待签”。结果告知{ $name }。
    }
check-sign = 提交结果
check-action = 抽查{ $number }
check-action-found = 抽查{ $number }：{ $note }
check-entered = ✅ 抽查结果已登记，计入调度表。
check-told = 已告知企业{ $number }人。发现重大事故隐患的，请点“录入隐患”。
check-nobody-told = 企业还没有人加入，结果没有发出，请另行告知。发现重大事故隐患的，请点“录入隐患”。

check-result-heading = { $signature }{ $name }抽查结果
check-result-next = 请对上述问题逐项整改，{ $bureau }将复查。有不同意见的，请联系检查人，或回复 /feedback。
check-result-clean = 目前没有需要您办理的事项。
check-result-not-served = 此消息只告知结果。责令限期整改指令书等执法文书不通过本平台送达。
check-result-taken-back = { $day }的抽查结果已由{ $bureau }冲销，不再有效。原因：{ $why }

check-drop-title = 撤下{ $name }的抽查
check-drop-why = 为什么撤下{ $name }的抽查？
check-drop-drawn = 随机抽中的企业，撤下须写明原因，如“企业已注销”。
check-drop-no-reason = 不写原因
check-dropped = { $name }的抽查已撤下。
check-take-back-title = 冲销{ $name }的抽查结果
check-take-back-why = 为什么冲销{ $name }{ $day }的抽查结果？
check-take-back-label = 冲销原因
check-take-back-hint = 原记录保留，冲销后不再计入调度表；要更正的，冲销后重新登记。
check-take-back-confirm = 确认后冲销，并把原因告知{ $name }。录入台账的隐患不受影响。

option-spot = 返回抽查
option-check-planned = 计划中
option-check-recorded = 已登记
option-check-add = 加企业
option-check-draw = 随机抽取
option-check-suggested = 建议名单
option-check-inspectors = 执法人员
option-check-name = 加人员
option-check-record = 登记结果
option-check-drop = 撤下
option-check-hazard = 录入隐患
option-check-hazards = 查看隐患
option-check-take-back = 冲销
option-check-again = 安排复查
option-check-anew = 重新登记
option-check-drawn = 抽取记录

telegram-command-checks = 抽查

cli-about-checks = 抽查：计划、结果、随机抽取的验证
cli-help-checks = 列出抽查计划和结果；--draw 按保存的种子和范围重新抽取一次，核对是否一致。
cli-option-draw = 重新抽取这一号，并核对
cli-name-draw = 抽取编号
cli-no-such-draw = 没有编号为“{ $given }”的随机抽取，或还没有抽。
cli-draw-same = 第{ $number }号重新抽取，结果与保存的一致：
cli-draw-differs = 第{ $number }号重新抽取，结果与保存的不一致：数据被改动过。
cli-column-checked = 检查日期
cli-column-how = 来源
cli-column-inspectors = 执法人员
cli-column-findings = 问题

checks-of = { $name }已登记的抽查{ $number }次，最近的在前：
check-again =
    { $left ->
        [0] { $day }复查，上述问题未再发现
       *[other] { $day }复查，上述问题仍有{ $left }项
    }
check-not-again = 尚未复查
check-hazard-stands = { $number }号重大事故隐患{ $state }
check-made = 检查日期：{ $day }
check-inspectors-line = 检查人：{ $names }
check-signature =
    { $how ->
        [own] { $name }（{ $at }本人签名）
        [code] { $name }（{ $at }凭一次性码签名，码由{ $giver }发给，在{ $by }手机上输入）
       *[entered] { $name }（{ $at }由{ $by }登记时代签）
    }
check-signature-wanted = { $name }（待签）
check-signature-objected = { $name }（待签，有异议：{ $objection }）
check-unsigned = 待签（{ $number }人）
checks-unsigned = 待签名{ $number }家次。
checks-unsigned-heading = 待签名{ $number }家次，待您签名的在前：
checks-unsigned-none = 没有待签名的抽查。
check-to-sign =
    { $who ->
        [no] { $signature }请您签名：{ $name }抽查结果
       *[other] { $signature }请{ $who }核对后本人签名：{ $name }抽查结果
    }
check-sign-means = 谁检查、谁签名、谁负责。没有参加检查或与实际不符的，请不要签名。
check-signed = ✅ 已签名。
check-all-signed = ✅ { $name }的抽查结果，检查人已全部签名。
check-object-title = 对{ $name }的抽查结果有异议
check-object = { $name }{ $day }的抽查结果，哪里与实际不符？
check-object-label = 异议
check-object-hint = 如“当天没有参加这次检查”。
check-object-confirm = 确认后告知登记人，抽查记录上显示您的异议。
check-objected = 已记下您的异议，并告知登记人。核实后仍可签名。
check-objection = ⚠️ { $who }对{ $name }的抽查结果有异议：{ $objection }。登记有误的，请冲销后重新登记。
check-code = { $name }的签名码：{ $code }，{ $minutes }分钟内有效，只能用一次。请当面交给{ $name }本人，在同事的手机上回复“/sign { $code }”，核对{ $enterprise }的抽查结果后签名。
check-code-by-another = 签名码不能由登记人自己发。请本单位其他同事或市局打开这次抽查，给{ $name }发签名码。
check-code-wrong = 这个签名码不能用：输入有误、已过期、已用过，或由您本人发出。请核对，或请同事重新发码。
check-code-hint = 请回复“/sign 签名码”，如“/sign K7Q4-M2PX”。签名码由同事在抽查卡片上发给。
check-code-pause = 试的次数过多，请一小时后再试。
option-check-sign = 签名
option-check-object = 有异议
option-check-to-sign = 待签名
option-check-code = 发码给{ $name }
