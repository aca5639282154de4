# 导入企业名录：文件本身
imports-file-refused = { $name }：{ $reason }
imports-file-unreadable = 文件不存在或无法读取，请核对路径。
imports-file-too-big = 文件超过{ $limit }MB，请拆分后分次导入。
imports-unknown-ending = 只接受 .csv 和 .xlsx 文件，请用表格软件另存为其中一种。
imports-not-a-table = 内容不是可识别的表格，请用表格软件打开，另存为 .xlsx 后再导入。
imports-old-workbook = 这是旧版 .xls 工作簿或加密工作簿，请取消密码并另存为 .xlsx。
imports-csv-is-xlsx = 内容是 .xlsx 工作簿，请将文件名的后缀改为 .xlsx。
imports-xlsx-is-csv = 内容是 .csv 文本，请将文件名的后缀改为 .csv。
imports-file-empty = 文件是空的，请核对是否选对了文件。
imports-too-complex = 文件过于复杂，无法读取。请另存为 .csv，或只留下表格本身后再导入。
imports-too-wide = 第{ $line }行在第{ $limit }列以后还有内容。请删除表格右侧多余的列后再导入。
imports-too-many-lines = 工作表超过{ $limit }行，请拆分后分次导入。
imports-quote-open = 第{ $line }行的引号不成对，或单元格过长，请修改后重新导入。
imports-several-sheets = 有多个工作表都像是名录：{ $sheets }。请合并为一个工作表，或分别保存后导入。
imports-no-header = 未找到表头。表头须在前10行内，包括：{ $columns }。
imports-column-missing = 第{ $line }行的表头缺少：{ $columns }。请补上后重新导入。
imports-column-twice = 第{ $line }行的表头中“{ $column }”出现了两次，请只保留一列。
imports-no-rows = 第{ $line }行的表头之后没有数据，请核对是否选对了文件。

# 导入企业名录：逐行
imports-refused-cell = 第{ $line }行 { $column }{ $reason }
imports-refused-line = 第{ $line }行 { $reason }
imports-surplus = 单元格多于表头的列数，请检查单元格内是否夹有分隔符。
imports-empty-cell = 为空，请填写。
imports-too-long = 超过{ $limit }个字，请缩短。
imports-formula-error = 是公式错误“{ $value }”，请改为填写的内容。
imports-code-number = “{ $value }”被表格软件存成了数字，末几位已丢失，请将该列设为文本，按营业执照重新填写。
imports-code-length = “{ $value }”应为18位，现为{ $length }位，请核对营业执照。
imports-code-character = “{ $value }”含有代码中不使用的字符（如字母I、O、S、V、Z），请核对营业执照。
imports-code-check = “{ $value }”校验位不符，请核对营业执照。
imports-repeated = “{ $value }”与第{ $first }行重复，请只保留一行。
imports-unknown-district = “{ $value }”不在地区名单内，请填写下列之一：{ $known }。
imports-unknown-sector = “{ $value }”不在行业名单内，请填写下列之一：{ $known }。
imports-unknown-tag = “{ $value }”不在标签名单内，可填写：{ $known }。
imports-unknown-supervisor = “{ $value }”既不是{ $bureau }，也不是{ $city }，请填写其中之一。
imports-not-a-number = “{ $value }”不是人数，请只填数字，如“120”。

# 导入企业名录：结果
imports-changed-line = 第{ $line }行 { $name }：{ $differences }
imports-difference = { $column }“{ $old }”→“{ $new }”
imports-no-tags = 无
imports-added-lines = 新增企业在第{ $lines }行。
imports-ignored-columns = 以下列不属于企业名录，未导入：{ $columns }。
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
