# Starting in earnest (anzhu start)
cli-about-start = begin in earnest: pack, registry, a trial of the first week, then on a second yes
cli-help-start =
    Asks for the pack, the registry, the day from which things are owed and the clerks; checks, and tries the first week apart without sending. Only on a second yes it writes the settings and brings in the registry. Each question has its option.
cli-option-start-pack = the pack: the name of a shipped one, or a folder
cli-option-start-registry = the registry (.xlsx or .csv)
cli-option-owed-from = the day from which things are owed, for example 2026-12-01
cli-option-clerk = the clerk of a district, for example 浑南区=孙演清; may be given several times
cli-name-clerk = DISTRICT=NAME
cli-option-env = the file that the settings are written to, .env unless told otherwise
cli-option-yes = say yes to both questions
cli-ask-pack = Which pack? Shipped: { $known }; of one of your own its folder. Enter keeps the present setting.
cli-ask-registry = Which file has the registry? (.xlsx or .csv)
cli-ask-owed-from = From which day on are things owed? Nothing before it is asked for. Enter takes { $day }.
cli-ask-clerk = Who is clerk of { $district }? Please give the name, or Enter where it is not settled.
cli-ask-first-yes = Is this right? Answer “yes” to try the first week (nothing is sent).
cli-ask-second-yes = Begin in earnest? Answer “yes” to write { $file } and bring in the registry.
cli-start-missing = There is no terminal to ask at: please give { $option }. Nothing has been written.
cli-start-begun = This deployment has begun: its registry or its duties are there. To renew the registry use anzhu import enterprises.
cli-start-resumes = { $file } has the settings of an earlier start, and the registry is not in yet: going on.
cli-start-rehearsal = ANZHU_CLOCK_START is set, which makes this a rehearsal. Take it away to begin in earnest.
cli-start-env-unread = The settings file { $file } is no UTF-8 text. Save it as UTF-8 and run this again.
cli-start-over = “{ $title }” ended on { $last } and cannot begin. Write the pack of another year with anzhu pack renew { $pack } --year YEAR.
cli-start-bureau = { $title }. Messages are signed as the pack says: { $bureau }, and the bureau of each district.
cli-start-unwell = Something is wrong, so nothing was begun. Do what is said above and run this again.
cli-start-faulty = The registry has faults, so nothing was written. Mend the lines above and run this again.
cli-bad-clerk = “{ $given }” is no clerk. Please write it as DISTRICT=NAME, for example 浑南区=孙演清.
cli-start-no-clerk = { $district } has no clerk yet: what rises there reaches nobody.
cli-start-first = { $title }; registry { $file } with { $number } enterprises; things are owed from { $day }.
cli-start-left = Nothing was begun and nothing written. To begin answer “yes”, or run this again with --yes.
cli-start-week = The first week, tried from the morning of { $first } on as if everybody had joined and nobody answered:
cli-start-owed = {"  "}{ $title }: { $number } duties
cli-start-said = {"  "}{ $day }: { $enterprises } messages to enterprises, { $clerks } to clerks
cli-start-example = What { $enterprise } reads first:
cli-start-nothing-sent = Nothing of this was sent.
cli-start-written = Written to { $file } (only you can read it): { $values }.
cli-start-kept = What the file had stays: { $names }.
cli-start-next = It has begun. Now run, in this order:
