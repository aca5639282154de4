# Coverage (应检、应训): its counters, who is left, the trainings on the criteria.
option-coverage = Coverage
coverage-heading = { $signature }Coverage of { $place } (as of { $at })
coverage-checks = To be checked (enterprises with { $tags }): { $owed }. Checked: { $done }, not yet: { $left }.
coverage-trainings = To be trained (principals and safety officers): { $owed }. Trained: { $done }, not yet: { $left }.
coverage-unmet = Answered by enterprises and not meeting the clause: { $number }, of { $enterprises } enterprises.
coverage-municipal = { $number } supervised by the city are checked and trained by the city and not counted here.
coverage-line = to check { $to_check }, checked { $checked }; to train { $to_train }, trained { $trained }
coverage-unchecked = { $place }, not checked yet: { $number }
coverage-unchecked-line = { $name } ({ $tags })
coverage-untrained = { $place }, people not trained yet: { $number }
coverage-untrained-line =
    { $role ->
        [principal] { $name }: { $number } principal
       *[officer] { $name }: safety officers { $number }
    }
coverage-name = { $number }. { $name }
coverage-unknown = There is no such district. Please send for example “/coverage 浑南区”; there are: { $known }.
coverage-button-unchecked = Not checked
coverage-button-untrained = Not trained
coverage-button-record = Record training
coverage-button-trainings = Trainings
coverage-button-export = Export
coverage-button-back = Back
coverage-export-making = The lists are being made; you will get them shortly.
coverage-export-ready = { $place }: who is to be checked and trained (as of { $at }):
coverage-file-name = 应检应训名单

training-record-title = record a training
training-undo-title = take back training { $number }
training-day = On which day was the training on the criteria?
training-day-label = date
training-venue = Where was it held?
training-venue-label = place
training-venue-hint = For example “conference centre” or “online”.
training-whom = Which enterprises took part?
training-whom-label = enterprises
training-whom-all = All
training-whom-sectors = By sector
training-whom-codes = Paste codes
training-sectors = Which sectors?
training-sectors-label = sectors
training-roles = Who took part?
training-roles-label = people
training-principals = Principals
training-officers = Safety officers
training-confirm = After this it is recorded as a training of { $place }, counted for { $number ->
    [one] 1 enterprise
   *[other] { $number } enterprises
}; it cannot be changed, only taken back with a reason.
training-not-yours = { $number ->
    [one] 1 of these codes is
   *[other] { $number } of these codes are
} not in your registry: { $codes }. Please check and paste all codes again.
training-nobody = { $place } has no such enterprises; no training was recorded.
training-recorded = Training { $number } is recorded: { $enterprises ->
    [one] 1 enterprise
   *[other] { $enterprises } enterprises
}, { $people ->
    [one] 1 person
   *[other] { $people } people
}.
training-title = Training { $number } ({ $day }, { $venue })
training-state =
    { $gone ->
        [yes] taken back
       *[no] { $enterprises ->
           [one] 1 enterprise
          *[other] { $enterprises } enterprises
       }, { $people ->
           [one] 1 person
          *[other] { $people } people
       }
    }
training-reached = { $place }: { $enterprises ->
    [one] 1 enterprise
   *[other] { $enterprises } enterprises
}, { $people ->
    [one] 1 person
   *[other] { $people } people
}.
training-by = Recorded by { $who } on { $at }.
training-gone = Taken back, because: { $reason }
training-button-undo = Take back
training-undo = Why is training { $number } ({ $day }) taken back? The reason is kept with the record.
training-undo-hint = For example “wrong list, recorded anew”.
training-undone = Training { $number } is taken back and counts no more.
trainings-heading = Trainings of { $place }: { $number }

telegram-command-coverage = Checked and trained
