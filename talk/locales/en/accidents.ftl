# Accidents (/accident): the regulation on reporting and investigating accidents
accident-title = Report of an accident ({ $name })
accident-which = You answer for several enterprises. In which one is the accident?
accident-place = ⚠️ First help people, secure the place, call 119 and 120, and telephone { $bureau }. Where did it happen?
accident-place-label = Place
accident-place-hint = As “platform of the dust collector in hall 2”. By article 9 of the regulation on reporting accidents, the head of the enterprise reports within { $hours } hour of hearing of it.
accident-happened = When did it happen?
accident-happened-label = Time
accident-happened-hint = Tap, or reply with a time, as 14:30.
accident-future = { $moment } is still to come. Reply with when it happened, as 14:25.
accident-what = What happened, and how is the place now?
accident-new = What is new about accident { $number }?
accident-what-label = What happened
accident-what-hint = As “a flash while the dust collector was cleaned, the fire is out”. Please name nobody who was hurt.
accident-people =
    { $who ->
        [dead] How many people are, or may be, dead?
        [missing] How many are missing?
       *[injured] How many are injured?
    }
accident-people-label =
    { $who ->
        [dead] dead
        [missing] missing
       *[injured] injured
    }
accident-unit = people
accident-nobody = None
accident-loss = What is the direct loss, by a first estimate?
accident-loss-label = Direct loss
accident-loss-hint = As “about 300,000 yuan”.
accident-loss-none = Not known yet
accident-measures = What has been done?
accident-measures-label = Measures taken
accident-measures-hint = As “everybody has left, power and gas are cut off, the injured are in hospital”.
accident-confirm = It then goes at once to { $bureau } and { $city }. It takes the place neither of a telephone call nor of the report that the law asks for.
accident-yes = Report it
accident-filed = ✅ Report of accident { $number } was sent to { $bureau } and { $city }. Please telephone { $bureau } too.
accident-filed-unread = ⚠️ Report of accident { $number } is kept, but no message reaches anybody of the department now. Please telephone { $bureau } at once.
accident-filed-law = When something is new, tap “Add”. By article 13 of the regulation, casualties that change within { $days } days are reported, of a fire within 7.
accident-over = Accident { $number } is more than { $days } days ago and cannot be added to here. Please write to { $bureau }.
accident-told = { $signature }⚠️ { $name }, accident { $number }
accident-told-added = { $signature }⚠️ { $name }, more about accident { $number }
accident-where = { $at }, { $place }
accident-casualties = dead { $dead }, missing { $missing }, injured { $injured }
accident-said = What happened: { $what }
accident-cost = Direct loss: { $loss }
accident-done = Measures taken: { $measures }
accident-by = Reported by { $name }, { $at }, { $after } after it happened
accident-minutes = { $minutes } min
accident-hours = { $hours } h { $minutes } min
accident-law = Please verify it by telephone at once. By article 11 of the regulation each level passes it on within { $hours } hours.
accident-added = Added { $at } by { $name }: { $casualties }; { $what }
accident-noted = Noted by { $name }, { $at }
accident-taken-note = Accident { $number }: { $name } of { $bureau } has taken note of your report.
accident-option-add = Add
accident-option-seen = Noted
accident-option-enter = Enter an action
accident-option-report = Report one
accidents-heading = { $places }: accidents reported in the last { $days } days: { $number }
accidents-none = { $places }: no accident was reported in the last { $days } days.
accident-entry = { $number } { $name }: { $place }
accident-entry-when = { $at }, { $casualties }
