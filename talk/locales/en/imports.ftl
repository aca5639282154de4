# Importing the registry: the file itself
imports-file-refused = { $name }: { $reason }
imports-file-unreadable = the file does not exist or cannot be read; please check the path.
imports-file-too-big = the file is over { $limit } MB; please split it and import the parts.
imports-unknown-ending = only .csv and .xlsx files are taken; please save it as one of them.
imports-not-a-table = this is no table that can be read; please open it in a spreadsheet and save it as .xlsx.
imports-old-workbook = this is an old .xls workbook or has a password; please remove the password and save it as .xlsx.
imports-csv-is-xlsx = this is really an .xlsx workbook; please change the ending of its name to .xlsx.
imports-xlsx-is-csv = this is really .csv text; please change the ending of its name to .csv.
imports-file-empty = the file is empty; please check that it is the right one.
imports-too-complex = the file is too complex to be read. Please save it as .csv, or keep the table alone, and import that.
imports-too-wide = line { $line } has content beyond column { $limit }. Please delete what stands to the right of the table and import again.
imports-too-many-lines = the worksheet has over { $limit } lines; please split it and import the parts.
imports-quote-open = line { $line } has a quotation mark that is not closed, or a cell that is too long; please correct it and import again.
imports-several-sheets = several worksheets look like a registry: { $sheets }. Please join them into one, or save and import each.
imports-no-header = there are no column names. One of the first 10 lines must hold: { $columns }.
imports-column-missing = among the column names in line { $line } these are missing: { $columns }. Please add them and import again.
imports-column-twice = among the column names in line { $line } “{ $column }” stands twice; please keep one.
imports-no-rows = nothing follows the column names in line { $line }; please check that it is the right file.

# Importing the registry: line by line
imports-refused-cell = Line { $line }, { $column }: { $reason }
imports-refused-line = Line { $line }: { $reason }
imports-surplus = it has more cells than there are columns; please look for a separator inside a cell.
imports-empty-cell = it is empty; please fill it in.
imports-too-long = it has over { $limit } characters; please shorten it.
imports-formula-error = “{ $value }” is the error of a formula; please type the content.
imports-code-number = the spreadsheet made “{ $value }” a number and lost its last digits; please format the column as text and type the code from the business licence.
imports-code-length = “{ $value }” has { $length } characters instead of 18; please check the business licence.
imports-code-character = “{ $value }” has a character that no code has (such as I, O, S, V, Z); please check the business licence.
imports-code-check = the check digit of “{ $value }” is wrong; please check the business licence.
imports-repeated = “{ $value }” stands in line { $first } already; please keep one line.
imports-unknown-district = “{ $value }” is not a known district; please write one of: { $known }.
imports-unknown-sector = “{ $value }” is not a known sector; please write one of: { $known }.
imports-unknown-tag = “{ $value }” is not a known tag; you may write: { $known }.
imports-unknown-supervisor = “{ $value }” is neither { $bureau } nor { $city }; please write one of them.
imports-not-a-number = “{ $value }” is not a number of people; please write digits only, such as “120”.

# Importing the registry: what came of it
imports-changed-line = Line { $line }, { $name }: { $differences }
imports-difference = { $column } “{ $old }” → “{ $new }”
imports-no-tags = none
imports-added-lines = New enterprises are in lines { $lines }.
imports-ignored-columns = These columns are not part of the registry and were left out: { $columns }.
imports-written = Imported: { $added } added, { $changed } changed, { $unchanged } unchanged.
imports-written-partly = Imported: { $added } added, { $changed } changed, { $unchanged } unchanged. Lines not imported: { $refused }; please correct them and import again.
imports-nothing-written = Nothing was written: { $refused } lines are wrong. The others would give { $added } added, { $changed } changed, { $unchanged } unchanged. Please correct the lines and import again; to import the others first, add --partial.

# Lists of major hazards
imports-unknown-enterprise = “{ $value }” is not in the registry; bring that enterprise in first, or check the code.
imports-bad-day = “{ $value }” is no day with its year; write it as “2022-03-15”.
imports-day-future = lies after today; please check.
imports-deadline-before-found = lies before the day it was found; please check.
imports-unknown-criterion = “{ $value }” is none of the criteria; write “3-2” (article 3, item 2), or leave it empty.
imports-criterion-elsewhere = “{ $value }” does not concern the enterprise's sector ({ $sector }); check it, or leave it empty.
imports-unknown-state = “{ $value }” is no known state; write one of these: { $known }.
imports-hazard-repeated = The same hazard as in line { $first }; please keep one.
imports-hazards-written = Imported: { $added } added, { $unchanged } in the ledger already.
imports-hazards-partly = Imported: { $added } added, { $unchanged } in the ledger already. Lines not imported: { $refused }; please correct them and import again.
imports-hazards-nothing = Nothing was written: { $refused } lines are wrong. The others would give { $added } added, { $unchanged } in the ledger already. Please correct the lines and import again; to import the others first, add --partial.
imports-replaced = Line { $line }: the { $role } of { $place } is “{ $other }” now; { $name } (number { $number }) is in office, and the department is asked whether that ends.
imports-replaced-ended = Line { $line }: the { $role } of { $place } is “{ $other }” now; the role of { $name } (number { $number }) has ended.
