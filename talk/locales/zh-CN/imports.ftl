# 导入名单：文件本身
imports-file-refused = { $name }：{ $reason }
imports-file-unreadable = 文件不存在或无法读取，请核对路径。
imports-file-too-big = 文件超过{ $limit }MB，请拆分后分次导入。
imports-not-a-table = 内容不是可识别的表格。请用表格软件打开，另存为 .xlsx 或 .csv 后再导入。
imports-old-workbook = 这是旧版工作簿（.xls、.et 等），请用表格软件打开，另存为 .xlsx。
imports-password = 工作簿设有密码，请取消密码后另存为 .xlsx。
imports-file-empty = 文件是空的，请核对是否选对了文件。
imports-too-complex = 文件过于复杂，无法读取。请另存为 .csv，或只留下表格本身后再导入。
imports-quote-open = 第{ $line }行的引号不成对，或单元格过长，请修改后重新导入。
imports-several-sheets = 有多个工作表都像是名录：{ $sheets }。请合并为一个工作表，或分别保存后导入。
imports-no-header = 未找到表头。表头须在前10行内，包括：{ $columns }。
imports-column-missing = 第{ $line }行的表头缺少：{ $columns }。请补上后重新导入。
imports-column-twice = 第{ $line }行的表头中“{ $column }”出现了两次，请只保留一列。
imports-no-rows = 第{ $line }行的表头之后没有数据，请核对是否选对了文件。
imports-hidden = 表格中有隐藏或被筛选掉的内容：{ $what }。请取消隐藏和筛选后重新导入；也可加 --hidden import 一并导入，或加 --hidden skip 不导入这些内容。
imports-hidden-lines = 第{ $lines }行
imports-hidden-column = “{ $column }”列
imports-hidden-sheet = 工作表“{ $sheet }”
imports-hidden-imported = 隐藏或被筛选掉的内容已一并导入：{ $what }。
imports-hidden-skipped = 隐藏或被筛选掉的内容未导入：{ $what }。

# 导入名单：不是数据的行
imports-left-head = 第{ $lines }行是重复的表头或标题，未导入。
imports-left-total = 第{ $lines }行是合计，未导入。
imports-left-remark = 第{ $lines }行是说明、签字或页码，未导入。
imports-left-sample = 第{ $lines }行是填写示例，未导入。
imports-left-numbers = 第{ $lines }行是列的序号，未导入。
imports-left-beyond = 第{ $lines }行超出工作表的最后一行（{ $last }），表格软件不显示，未导入。

# 导入名单：逐行
imports-line = 第{ $line }行 { $what }
imports-cell = { $column }{ $reason }
imports-both = { $first }{ $second }
imports-warning = 注意：{ $say }
imports-scant = 只填写了{ $filled }，必填的多数各列是空的。是数据的请补全，不是数据的请删除该行。
imports-placeholder = 填的是“{ $value }”，请填写实际内容。
imports-ditto = 填的是“{ $value }”，请写出内容。
imports-formula = 是公式，文件中没有它的计算结果。请用表格软件打开、保存后再导入，或改为填写的内容。
imports-no-name = 没有姓名，请填写姓名。
imports-several-names = “{ $value }”不止一个姓名，请只填一人。是一个人的，请去掉中间的空格或符号。
imports-more-than-name = “{ $value }”不只是姓名，请只填姓名。
imports-beside-name = 中除姓名外还有电话、职务等，只导入了姓名。
imports-endless = 填的是“{ $value }”，按未填写处理。
imports-day-number = “{ $value }”是被存成数字的日期，请将该列设为日期格式，或写成“2022-03-15”。
imports-surplus = 单元格多于表头的列数，请检查单元格内是否夹有分隔符。
imports-empty-cell = 为空，请填写。
imports-too-long = 超过{ $limit }个字，请缩短。
imports-formula-error = 是公式错误“{ $value }”，请改为填写的内容。
imports-code-number = “{ $value }”被表格软件存成了数字，末几位已丢失，请将该列设为文本，按营业执照重新填写。
imports-code-length = “{ $value }”应为18位，现为{ $length }位，请核对营业执照。
imports-code-character = “{ $value }”含有代码中不使用的字符（如字母I、O、S、V、Z），请核对营业执照。
imports-code-check = “{ $value }”校验位不符，请核对营业执照；执照上确实如此的，请加 --as-on-licence { $value } 再导入。
imports-code-letter = “{ $value }”含有代码中不使用的字符（如字母I、O、S、V、Z），请核对营业执照；执照上确实如此的，请加 --as-on-licence { $value } 再导入。
imports-code-old = “{ $value }”是15位的旧注册号，请填写18位统一社会信用代码；执照上仍是旧号的，请加 --as-on-licence { $value } 再导入。
imports-code-licence = “{ $value }”与国家标准不符，已按营业执照所载收录，并作标记。
imports-repeated = “{ $value }”与第{ $first }行重复，请只保留一行。
imports-unknown-district = “{ $value }”不在地区名单内，请填写下列之一：{ $known }。
imports-unknown-sector = “{ $value }”不在行业名单内，请填写下列之一：{ $known }。
imports-unknown-tag = “{ $value }”不在标签名单内，可填写：{ $known }。
imports-unknown-supervisor = “{ $value }”既不是{ $bureau }，也不是{ $city }，请填写其中之一。
imports-bad-phone = 不是电话号码，未登记，企业照常导入。请写成“13800000000”或“024-22334455”。
imports-phone-kept = 与监管人员更正的号码不同，保留更正的号码。应以名单为准的，请在企业卡片上更正。
imports-unknown-standing = “{ $value }”不是能识别的状态，未登记，企业照常导入。可填写：{ $known }。
imports-state-differs = 中{ $place }在营，名录登记的是{ $state }，未作改动。已复产的，请填“复产”，或在企业卡片上登记。
imports-state-merged = 中{ $place }已合并，未写并入哪家，未登记。请在企业卡片上登记。
imports-state-refused = 未登记：{ $reason }
imports-state-reason = 企业名单所列状态
imports-not-a-number = “{ $value }”不是人数，请只填数字，如“120”。

# 导入企业名录：结果
imports-changed-line = 第{ $line }行 { $name }：{ $differences }
imports-difference = { $column }“{ $old }”→“{ $new }”
imports-no-tags = 无
imports-phones = 电话号码：新增{ $added }个，变更{ $changed }个。
imports-states-entered = 按名单登记了{ $number }家的状态变更，从今天起算，登记有误的可在企业卡片上撤回。
imports-added-lines = 新增企业在第{ $lines }行。
imports-ignored-columns = 以下各列未导入：{ $columns }。
imports-written = 已导入：新增{ $added }家，变更{ $changed }家，无变化{ $unchanged }家。
imports-written-partly = 已导入：新增{ $added }家，变更{ $changed }家，无变化{ $unchanged }家。另有{ $refused }行未导入，请修改后重新导入。
imports-nothing-written = 未写入任何数据：{ $refused }行有误。其余各行可新增{ $added }家，变更{ $changed }家，无变化{ $unchanged }家。请修改后重新导入；也可加 --partial，先导入其余各行。

# 导入重大事故隐患清单
imports-unknown-enterprise = “{ $value }”不在企业名录中，请先导入该企业，或核对代码。
imports-bad-day = “{ $value }”不是带年份的日期，请写成“2022-03-15”。
imports-day-future = 晚于今天，请核对。
imports-deadline-before-found = 早于发现日期，请核对。
imports-unknown-criterion = “{ $value }”不是判定标准的条款，请写成“3-2”（第3条第2项），或留空。
imports-criterion-elsewhere = “{ $value }”不适用于该企业的行业（{ $sector }），请核对，或留空。
imports-unknown-state = “{ $value }”不是可识别的状态，请填写下列之一：{ $known }。
imports-hazard-repeated = 与第{ $first }行是同一处隐患，请只保留一行。
imports-hazards-written = 已导入：新增{ $added }处，台账中已有{ $unchanged }处。
imports-hazards-partly = 已导入：新增{ $added }处，台账中已有{ $unchanged }处。另有{ $refused }行未导入，请修改后重新导入。
imports-hazards-nothing = 未写入任何数据：{ $refused }行有误。其余各行可新增{ $added }处，台账中已有{ $unchanged }处。请修改后重新导入；也可加 --partial，先导入其余各行。
imports-replaced = 第{ $line }行：{ $place }{ $role }登记为“{ $other }”，在任的是{ $name }（编号{ $number }），已交监管部门决定是否结束。
imports-replaced-ended = 第{ $line }行：{ $place }{ $role }登记为“{ $other }”，原来的{ $name }（编号{ $number }）的身份已结束。
