# Lists: the file itself
imports-file-refused = { $name }: { $reason }
imports-file-unreadable = the file does not exist or cannot be read; please check the path.
imports-file-too-big = the file is over { $limit } MB; please split it and import the parts.
imports-not-a-table = this is no table that can be read; please open it in a spreadsheet and save it as .xlsx or .csv.
imports-old-workbook = this is a workbook of an old kind (.xls, .et); please open it in a spreadsheet and save it as .xlsx.
imports-password = this workbook has a password; please remove it and save the workbook as .xlsx.
imports-file-empty = the file is empty; please check that it is the right one.
imports-too-complex = the file is too complex to be read. Please save it as .csv, or keep the table alone, and import that.
imports-quote-open = line { $line } has a quotation mark that is not closed, or a cell that is too long; please correct it and import again.
imports-several-sheets = several worksheets look like a registry: { $sheets }. Please join them into one, or save and import each.
imports-no-header = there are no column names. One of the first 10 lines must hold: { $columns }.
imports-column-missing = among the column names in line { $line } these are missing: { $columns }. Please add them and import again.
imports-column-twice = among the column names in line { $line } “{ $column }” stands twice; please keep one.
imports-no-rows = nothing follows the column names in line { $line }; please check that it is the right file.
imports-hidden = parts of the table are hidden or left out by a filter: { $what }. Please show them and import again; or add --hidden import to import them, --hidden skip to leave them out.
imports-hidden-lines = lines { $lines }
imports-hidden-column = column “{ $column }”
imports-hidden-sheet = worksheet “{ $sheet }”
imports-hidden-imported = What is hidden or left out by a filter was imported too: { $what }.
imports-hidden-skipped = What is hidden or left out by a filter was not imported: { $what }.

# Lists: lines without data
imports-left-head = Lines { $lines } repeat the column names or a title and were left out.
imports-left-total = Lines { $lines } are totals and were left out.
imports-left-remark = Lines { $lines } are remarks, signatures or page numbers and were left out.
imports-left-sample = Lines { $lines } are examples and were left out.
imports-left-numbers = Lines { $lines } number the columns and were left out.
imports-left-beyond = Lines { $lines } lie beyond the last line of a worksheet ({ $last }), where no spreadsheet shows them, and were left out.

# Lists: line by line
imports-line = Line { $line }: { $what }
imports-cell = { $column }: { $reason }
imports-both = { $first } { $second }
imports-warning = Note: { $say }
imports-scant = only { $filled } is filled in, most of what must be filled in is empty. Please complete the line if it is data, and delete it if it is none.
imports-placeholder = it says “{ $value }”; please fill in what it is.
imports-ditto = it says “{ $value }”; please write out the content.
imports-formula = it is a formula whose result is not in the file. Please open the file in a spreadsheet, save it and import it again, or type the content.
imports-no-name = there is no name; please fill in the name.
imports-several-names = “{ $value }” is more than one name; please name one person. If it is one person, take out the space or sign in between.
imports-more-than-name = “{ $value }” is more than a name; please write the name alone.
imports-beside-name = it has a telephone number, an office or the like beside the name; only the name was imported.
imports-endless = it says “{ $value }” and counts as empty.
imports-day-number = “{ $value }” is a day that was stored as a number; please format the column as a date, or write it as “2022-03-15”.
imports-surplus = it has more cells than there are columns; please look for a separator inside a cell.
imports-empty-cell = it is empty; please fill it in.
imports-too-long = it has over { $limit } characters; please shorten it.
imports-formula-error = “{ $value }” is the error of a formula; please type the content.
imports-code-number = the spreadsheet made “{ $value }” a number and lost its last digits; please format the column as text and type the code from the business licence.
imports-code-length = “{ $value }” has { $length } characters instead of 18; please check the business licence.
imports-code-character = “{ $value }” has a character that no code has (such as I, O, S, V, Z); please check the business licence.
imports-code-check = the check digit of “{ $value }” is wrong; please check the business licence, and where it says so, import again with --as-on-licence { $value }.
imports-code-letter = “{ $value }” has a character that no code has (such as I, O, S, V, Z); please check the business licence, and where it says so, import again with --as-on-licence { $value }.
imports-code-old = “{ $value }” is an old registration number of 15 digits; please write the credit code of 18 characters, and where the licence has the old one, import again with --as-on-licence { $value }.
imports-code-licence = “{ $value }” does not agree with the standard; it is taken as it stands on the licence, and marked.
imports-repeated = “{ $value }” stands in line { $first } already; please keep one line.
imports-unknown-district = “{ $value }” is not a known district; please write one of: { $known }.
imports-unknown-sector = “{ $value }” is not a known sector; please write one of: { $known }.
imports-unknown-tag = “{ $value }” is not a known tag; you may write: { $known }.
imports-unknown-supervisor = “{ $value }” is neither { $bureau } nor { $city }; please write one of them.
imports-bad-phone = is no telephone number and was not entered; the enterprise is taken. Please write “13800000000” or “024-22334455”.
imports-phone-kept = differs from the number that staff corrected, which stays. If the list is right, please correct it on the card of the enterprise.
imports-unknown-standing = “{ $value }” is no state that is known and was not entered; the enterprise is taken. You may write: { $known }.
imports-state-differs = says that { $place } is at work, which is entered as { $state }; nothing was changed. If it has resumed, write 复产, or enter it on its card.
imports-state-merged = says that { $place } was merged, not into which one; nothing was entered. Please enter it on its card.
imports-state-refused = was not entered: { $reason }
imports-state-reason = State by the list of enterprises
imports-not-a-number = “{ $value }” is not a number of people; please write digits only, such as “120”.

# Importing the registry: what came of it
imports-changed-line = Line { $line }, { $name }: { $differences }
imports-difference = { $column } “{ $old }” → “{ $new }”
imports-no-tags = none
imports-phones = Telephone numbers: { $added } new, { $changed } changed.
imports-states-entered = { $number } changes of state were entered by the list, from today on; where one is wrong, take it back on the card.
imports-added-lines = New enterprises are in lines { $lines }.
imports-ignored-columns = These columns were left out: { $columns }.
imports-written = Imported: { $added } added, { $changed } changed, { $unchanged } unchanged.
imports-written-partly = Imported: { $added } added, { $changed } changed, { $unchanged } unchanged. Lines not imported: { $refused }; please correct them and import again.
imports-nothing-written = Nothing was written: { $refused ->
    [one] 1 line is wrong
   *[other] { $refused } lines are wrong
}. The others would give { $added } added, { $changed } changed, { $unchanged } unchanged. Please correct the lines and import again; to import the others first, add --partial.

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
imports-hazards-nothing = Nothing was written: { $refused ->
    [one] 1 line is wrong
   *[other] { $refused } lines are wrong
}. The others would give { $added } added, { $unchanged } in the ledger already. Please correct the lines and import again; to import the others first, add --partial.
imports-replaced = Line { $line }: the { $role } of { $place } is “{ $other }” now; { $name } (number { $number }) is in office, and the department is asked whether that ends.
imports-replaced-ended = Line { $line }: the { $role } of { $place } is “{ $other }” now; the role of { $name } (number { $number }) has ended.
