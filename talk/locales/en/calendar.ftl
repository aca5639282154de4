# The calendar of a pack (anzhu pack show)
calendar-due = due
calendar-opens = opens
calendar-what = what
calendar-who = who
calendar-ground = ground
calendar-demand = demand
calendar-mark = the day
calendar-unsure = to be checked
calendar-day =
    { $off ->
        [holiday] { $day }, a holiday
        [rest-day] { $day }, a rest day
       *[no] { $day }
    }
calendar-always = all the time
calendar-within = within { $number } { $unit } of the event
calendar-event =
    { $event ->
        [hazard-found] when a major hazard is found
        [hazard-open] while a major hazard is open
       *[hot-job] for each hot job
    }
calendar-owner =
    { $owner ->
        [principal] principal
        [officer] safety officer
        [clerk] district bureau
       *[city] { $bureau }
    }
calendar-clause = { $document } { $plan } { $clause }
calendar-marked =
    { $mark ->
        [N] stands in the notice
        [D] derived or chosen
        [R] stands in a standard
       *[other] stands in the law
    }
calendar-of =
    { $kind ->
        [district] { $title }, { $year }, a district bureau
        [city] { $title }, { $year }, { $bureau }
       *[enterprise] { $title }, { $year }, an enterprise ({ $whom })
    }
calendar-plain-enterprise = no sector or risk given
calendar-of-municipal = supervised by the city
calendar-no-fixed-day = Without a day of their own:
calendar-off = Off by default (a pack that extends this one can switch on: change: …: off: false):
calendar-off-line = { $title }: { $why }
calendar-people = { $number } people
calendar-anchored = { $number } { $unit ->
        [year] years
        [month] months
       *[day] days
    } after { $after }
