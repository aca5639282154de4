# The first-round report, the signed page, and the inspection file.
first-round-figures = The ledger holds { $found ->
    [one] 1 major hazard found
   *[other] { $found } major hazards found
}, { $rectified } rectified, { $left } left. Is that so?
first-round-figures-label = { $found } found, { $rectified } rectified, { $left } left
first-round-figures-hint = What is left goes into the report with its plan.
first-round-figures-yes = It is so
first-round-figures-no = It is not
first-round-none = The ledger holds no major hazard, which makes a zero report. Was none found indeed?
first-round-none-label = Zero report
first-round-none-yes = None found
first-round-none-no = Some were
first-round-to-ledger = Please report hazards and bring rectification up to date in /hazards first, then fill in { $title }; the figures come by themselves.
first-round-day = On which day were risk identification and the first round of rectification done?
first-round-day-label = Done on
first-round-day-hint = Please tap, or reply a day, like 14 June.
first-round-platform = Was it entered in the city's platform (双控系统)?
first-round-platform-label = Platform
first-round-platform-hint = A file with everything answered follows, to enter it from.
first-round-platform-yes = Entered
first-round-platform-no = Not yet
first-round-signed = Please send a photo of the signed and stamped report. The page to sign follows.
first-round-signed-label = Signed page
first-round-signed-hint = If something must be changed before, tap “Back”. If it cannot be signed now, put it away and go on from /tasks another day.
first-round-moved = The ledger has changed meanwhile, so { $title } was not submitted. Please check the new figures.
first-round-papers = The self-check report with the principal's commitment (Word and PDF), and what was answered, to enter in the platform.
first-round-papers-to-sign = The self-check report with the principal's commitment (Word and PDF), and what was answered, to enter in the platform. Please print one page, have it signed by the principal and stamped, and send a photo of it here.
first-round-papers-by-another = { $name } has filled in the self-check report with your commitment. Please read it, print, sign and stamp it, and give it to { $name } to send the photo; then you confirm.
first-round-file-form = Self-check report and commitment
first-round-file-platform = For the platform
papers-no-longer-yours = This file is not yours to have at present; it was not sent.
papers-failed = Sorry, the files could not be made. Please try again; if it fails again, ask your supervising department.
papers-lack-signs = Note: no font has “{ $signs }”; each is an empty box in the PDF and pictures. Please write it in by hand. To have it printed, a font must be installed on the server (see the notes on deployment); then ask for the file again.

file-making = The inspection file is being made and follows.
file-making-checks = The inspection file is being made and follows. Spot checks in it: { $checks }.
file-not-there = This enterprise was not found, or is not your bureau's. Please reply “/file” with its credit code.
option-file = Inspection file
option-checks-of = Spot checks
file-which = Please choose the enterprise:
file-nothing = Principals and safety officers reply “/file”; staff please add the credit code of an enterprise.
file-pause = Several inspection files were made within the hour. Please use the newest one, or try again in an hour.
file-ready = Inspection file: duties, receipts, photos, the ledger of hazards, spot checks and the commitment as of { $at }.
file-name = Inspection file
first-round-told =
    { $signed ->
        [yes] { $signature } { $name } has reported: { $title }. The page signed by the principal is below:
       *[no] { $signature } { $name } has reported: { $title }:
    }
first-round-not-yet = It cannot be printed for signature yet: { $number ->
        [one] the plan of 1 hazard is
       *[other] the plans of { $number } hazards are
    } not whole. Please complete them first:
first-round-lacking = Hazard { $number } ({ $place }) lacks: { $fields }
first-round-fill = Plan of { $number }
plan-field =
    { $field ->
        [person] person
        [measures] measures
        [funds] funds
        [deadline] deadline
       *[contingency] contingency
    }
