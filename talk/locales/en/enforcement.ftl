# 执法 (/actions): what a bureau did is entered, listed, taken back.
action-title = Enforcement of { $place }
action-row = { $place }: which row?
action-row-label = row
action-rows =
    { $lines }
    Tap, or reply a number.
action-accepts-row = Please tap one, or reply a number from 1 to { $last }.
action-on = On which day was it done?
action-on-label = day
action-enterprise = Which enterprise does it concern?
action-enterprise-label = enterprise
action-enterprise-hint = Reply its unified social credit code, or a piece of its name.
action-enterprise-none = None
action-enterprise-unknown = There is no “{ $text }” among your enterprises. Please check the name, or reply the code of 18 places.
action-enterprise-several = { $number } would do: { $names }. Please reply the code of one of them.
action-figure =
    { $figure ->
        [areas-guided] How often were key cities and counties guided?
        [enterprises-guided] How often were key enterprises guided?
        [penalties] How many administrative penalties?
        [penalty-amount] How much do the fines come to?
        [dual-penalties] How many times were enterprise and principal both penalised?
        [transferred-to-justice] How many people were handed over to the courts?
        [cases-published] How many typical cases were published?
        [crime-cases-published] How many of them are crimes of dangerous work?
        [held-accountable] How many people were held accountable?
        [seizures] How many times was something sealed or seized?
        [cross-checks] How many checks in other districts?
        [accidents] How many accidents? By article 9 of the regulation on reporting accidents they are reported within 1 hour.
        [accident-deaths] How many people died in them?
       *[areas-summoned] How many times were areas or departments summoned?
    }
action-figure-label =
    { $figure ->
        [areas-guided] visits to areas
        [enterprises-guided] visits
        [penalties] penalties
        [penalty-amount] fines
        [dual-penalties] double penalties
        [transferred-to-justice] people
        [cases-published] cases
        [crime-cases-published] crimes
        [held-accountable] people
        [seizures] seizures
        [cross-checks] cross-checks
        [accidents] accidents
        [accident-deaths] deaths
       *[areas-summoned] times
    }
action-figure-none = none
action-unit =
    { $figure ->
        [areas-guided] areas
        [enterprises-guided] visits
        [penalty-amount] 万元
        [transferred-to-justice] people
        [held-accountable] people
        [cases-published] cases
        [crime-cases-published] cases
        [penalties] times
        [dual-penalties] times
        [areas-summoned] times
        [seizures] times
        [cross-checks] visits
        [accidents] accidents
        [accident-deaths] people
       *[other] enterprises
    }
action-accepts-money = Please give the unit, like “52000元” or “5.2万元”; “0” where there was no fine.
action-money-unit = Is “{ $number }” 元 or 万元? Please give the unit, like “{ $number }万元”.
action-money-most = One entry cannot be more than { $most } 万元. Please check it.
action-money-both = { $yuan } yuan, { $wan } 万元
action-note = What is the number of the document, or what else is to be noted?
action-note-label = note
action-note-hint = Like “（浑）应急罚〔2023〕12号”.
action-note-none = Nothing
action-confirm = It then counts for the table of { $place }. It cannot be changed; what is wrong is taken back and entered anew.
action-enter = Enter

action-back-title = Taking back record { $number }
action-back-ask = Record { $number }, “{ $label }” { $figures }: why is it taken back?
action-back-label = reason
action-back-hint = The reason is kept with the record. Like “the same as record 11”.
action-back-confirm = Record { $number } then counts no more; filed tables stay, the next one shows the difference.
action-back-yes = Take back

action-heading = { $signature }Record { $number }
action-entered = ✅ Entered, number { $number }.
action-what = { $label }: { $figures }, { $day }
action-where = Enterprise: { $name }
action-noted = Note: { $note }
action-by = Entered by { $name }, { $at }
action-taken-back-by = Taken back, counts no more ({ $name }, { $at }): { $reason }
action-correct = Correct
action-new = Enter
action-list = Entries
action-list-before = Month before
action-list-heading = Enforcement entered for { $place }, { $month }: { $number } that count
action-list-none = Nothing has been entered for { $place } in { $month } yet.
action-list-city = For a district reply “/actions DISTRICT”, like “/actions 浑南区”.
action-list-unknown = There is no such month or district. Reply like “/actions 6月”; months: { $known }.
action-line =
    { $gone ->
        [yes] No. { $number } { $label } { $figures } (taken back)
       *[no] No. { $number } { $label } { $figures }
    }
action-line-when = { $day }, by { $name }
telegram-command-actions = Enforcement

annex-records = { $place }, “{ $label }”: { $number ->
    [one] 1 record
   *[other] { $number } records
}; tap a number:
annex-record-place = { $day } { $place } { $what }
annex-button-records = One by one
annex-button-cell = Back
