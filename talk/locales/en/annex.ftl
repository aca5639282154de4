# The annex table (调度表): its cards, how it is filed, what people change in it.
annex-heading = { $signature } { $place }: progress table of { $month } ({ $state })
annex-state =
    { $state ->
        [submitted] waits for review, as of { $at }
        [approved] reviewed, to be filed, as of { $at }
        [filed] filed, as of { $at }
       *[draft] draft, as of { $at }
    }
annex-block = { $title }:
annex-line = { $number }. { $label }: { $figures }
annex-block-none = { $title }: all { $number } rows are 0.
annex-rest = { $number ->
    [one] 1 other row is
   *[other] { $number } other rows are
} 0.
annex-figures = { $figures }{ $changed ->
        [yes] {" "}({ $change } since { $month })
       *[no] {""}
    }{ $override ->
        [yes] {" "}(put in by hand, counted: { $counted }; reason: { $reason })
        [carried] {" "}(as put in by hand for { $since }, counted: { $counted }; reason: { $reason })
        [restored] {" "}(as counted again; reason: { $reason })
       *[no] {""}
    }
annex-from = It can be filled in from { $day }.
annex-remark =
    { $whole ->
        [yes] Returned: { $remark }
       *[no] { $row } was returned: { $remark }
    }
annex-row-name = { $title }, row { $number }

annex-button-block =
    { $block ->
        [A] Overall
        [B] Checks
       *[C] Enforce
    }
annex-button-submit = Submit
annex-button-approve = Approve
annex-button-return = Return
annex-button-return-cell = Return
annex-button-file = File
annex-button-sure = File it
annex-button-withdraw = Take back
annex-button-override = Change
annex-button-table = Table
annex-button-columns = Columns
annex-button-own = City's own

annex-button-paper = Files
annex-making = The table is being made and follows.
annex-paper-ready = The table of { $month } of { $place }, as Word and Excel; a draft where it is not filed:
annex-file-name = 调度表
annex-block-heading = { $place }, table of { $month }: { $title }. Tap a number for the records:
annex-cell = { $place }: { $name }
    { $label }: { $figures }
annex-cell-before = Filed for { $month }: { $before }
annex-cell-override =
    { $kind ->
        [carried] Counted: { $counted }; reported as put in by hand for { $month }: { $figures } ({ $who }, since: { $reason }). It is as counted again once records make up the difference; if it is no longer needed, please tap “Change”, then “As counted”.
        [restored] { $who } had it as counted again, since: { $reason }
       *[yes] Counted: { $counted }; { $who } changed it to { $figures }, since: { $reason }
    }
annex-cell-records = { $number ->
    [one] 1 record
   *[other] { $number } records
}:
annex-cell-none = No records.
annex-record-name =
    { $kind ->
        [hazard] hazard { $number }
       *[action] record { $number }
    }
annex-record =
    { $kind ->
        [hazard] Hazard { $number }, { $place }, { $what }, { $day }
       *[action] Record { $number }, { $day }, { $place }, { $what }
    }

annex-corrections = { $number ->
    [one] 1 correction
   *[other] { $number } corrections
} since the filing of { $month }:
annex-corrections-more = { $number } more; see the rows.
annex-correction-of = { $row }: { $what }
annex-correction-late = { $record } added ({ $day })
annex-correction-gone = { $record } taken off, since: { $why }
annex-correction-unsaid = not said

annex-odd = ⚠️ Please check:
annex-odd-more = “{ $row }” is { $value }, more than the { $against } of “{ $other }”
annex-odd-fell = “{ $row }” is cumulative, yet its { $value } is less than the { $against } of { $month }
annex-odd-zero = Every figure is 0

annex-early = The table of { $month } can be submitted from { $day }. The draft can be looked at now.
annex-not-begun = { $month } has not begun ({ $day }). Please name a month that has, like “/annex 6”.
annex-unknown = There is no such month or district. Please reply like “/annex 6”; there are: { $known }.
annex-moved = The figures have changed. Please check the new ones before you go on:
annex-unexplained = “{ $row }” is cumulative and now { $value }, less than the { $against } filed for { $month }, and nothing says why. Please tap “Change”, give the figure to report and the reason, then hand it in.
annex-moved-since = Figures changed after the review ({ $rows }); nothing was filed. Please check, submit and have it reviewed again:
annex-stands =
    { $state ->
        [submitted] The table of { $month } was submitted at { $at } and waits for review.
        [approved] The table of { $month } is reviewed and waits to be filed.
        [filed] The table of { $month } was filed at { $at } and does not change any more. What comes now belongs to next month.
       *[draft] The table of { $month } is a draft and was not submitted yet.
    }
annex-submitted = The table of { $month } is submitted; the leader has been asked to review it.
annex-nobody-reviews = The table of { $month } is submitted, but no leader of the district has joined to review it. Please ask the city for an invitation.
annex-to-review = { $who } asks you to review:
annex-approved = The table of { $month } is approved; the contact will file it.
annex-approved-told = { $who } has approved it. Please file it:
annex-returned-told = { $who } returned the table:
annex-returned-done = The table of { $month } of { $place } is returned; its contact sees your sentence.
annex-sure = File the table of { $month } of { $place }? It cannot be changed afterwards; what comes later belongs to next month.
annex-filed = ✅ The table of { $month } was filed at { $at }.

annex-city-heading = { $signature }Tables of { $month }: { $number } of { $all } filed
annex-city-missing = Not filed (the sums below take their drafts): { $places }
annex-city-returned = Returned and not filed again (the sums take what was filed): { $places }
annex-city-columns = Tables of { $month }, tap a number:
annex-city-column =
    { $state ->
        [filed] { $place }: { $figures }
       *[draft] { $place }: { $figures } (not filed)
    }

annex-override-title = Change of { $label }
annex-override-again = “{ $label }” was changed by hand before. What now?
annex-override-again-label = way
annex-override-counted = As counted
annex-override-other = Other
annex-override-count =
    { $of ->
        [1] What should “{ $label }” be? Counted: { $counted }.
       *[2] What should figure { $place } of “{ $label }” be? Counted: { $counted }.
    }
annex-override-count-label =
    { $of ->
        [1] figure
       *[2] figure { $place }
    }
annex-override-money = What do the penalties amount to? Counted: { $counted } 万元.
annex-override-money-label = amount
annex-override-reason = For what reason? It is kept with the figure.
annex-override-reason-label = reason
annex-override-reason-hint = Like “one more on paper, letter of 20 June”.
annex-override-confirm = The draft of { $place } will show this; what was counted is kept beside it.
annex-return-title = Return of the table of { $place }
annex-return-ask =
    { $whole ->
        [yes] Please say in a sentence what is to be changed in the table of { $place }.
       *[no] Please say in a sentence what is to be changed in “{ $label }” of { $place }.
    }
annex-return-hint = Like “row 2 does not agree with the ledger”.

action-no-row = There is no row “{ $given }”. There are: { $known }.
action-of-city = “{ $label }” is for the city to fill in; a district has 0.
action-day = The day must lie between { $first } and { $last }.
action-which-enterprise = “{ $label }” counts enterprises: please name one of the registry.
action-figures = “{ $label }” takes { $number } figures, none below 0, whole unless in 万元.
action-taken-back = This record was taken back already, or takes one back itself.
action-reason = Please give the reason for taking it back.
telegram-command-annex = Progress table

cli-about-annex = the monthly progress table
cli-help-annex = The progress table of a month: as filed, or its draft where it is not. Without a district the whole city's, a column for each district and one for the city's own.
cli-name-month = MONTH
cli-option-month = month, like 2023-06
cli-option-annex-out = write this file (.docx, .xlsx, .pdf); one that is there is replaced
cli-annex-kind = “{ $given }” is no kind of file that can be written. Let its name end in one of: { $known }.
cli-annex-written = { $file } is written.
cli-no-such-month = There is no progress table of “{ $given }”. There are: { $known }.
cli-month-to-come = { $given } has not begun ({ $day }), so there is nothing to count. Please name a month that has.
cli-column-row = row
cli-column-figures = figure
