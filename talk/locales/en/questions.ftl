# What every question says: what it accepts, its buttons, its hints, the summary.
option-yes = Yes
option-no = No
option-today = Today
option-yesterday = Yesterday
option-day = { $day }
option-now = Now
option-same = As before
option-done = Done
option-back = Back
option-edit = Change
option-return = Send back
option-confirm = Confirm
option-picked = ✓ { $label }

ask-with-step = { $ask } ({ $number }/{ $total })
summary-line = { $label }: { $value }
confirm-check = Please check:
confirm-until = It is submitted in the name of { $name } and can be corrected until { $due }.
confirm-late = It is submitted in the name of { $name }. Its last day has passed: a correction will show its date.
confirm-any-time = It is submitted in the name of { $name } and can be corrected at any time.
edit-which = Which answer do you want to change?
return-which = Which answer do you want to send back?
returned-remark = Sent back: { $remark }

shown-day = { $day }
shown-moment = { $moment }
shown-count = { $number } { $unit }
shown-nothing = none
shown-photos =
    { $number ->
        [1] 1 file
       *[other] { $number } files
    }
amount-yuan = { $amount } yuan

accepts-option = Please tap “{ $first }” or “{ $second }”.
accepts-choice = Please tap one, or send its name, for example “{ $example }”.
accepts-choices = Please tap one or more, then “Done”.
accepts-choices-free = Please tap one or more, then “Done”, or send a text.
accepts-choices-or-none = Please tap what applies or reply the numbers, like “1, 3”; if nothing does, tap “{ $none }”.
accepts-count = Please send a number, for example “{ $example }”.
accepts-amount = Please send an amount, for example “30000”.
day-hint = Please tap, or send a day, for example “{ $example }”.
accepts-day = Please send a day from { $first } to { $last }, for example “{ $example }”.
accepts-day-past = Please send a day from { $first } until today, for example “{ $example }”.
accepts-day-future = Please send a day from today until { $last }, for example “{ $example }”.
accepts-day-in-month =
    Please send a day in { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }, for example “{ $example }”.
accepts-moment = Please send a time, for example “14:30”.
accepts-text = Please send a text of at most { $limit } characters.
accepts-phone = Please send a telephone number, for example “024-22334455”, or “024-22334455 ext. 801”.
accepts-person = Please send the name, for example “Qian Yi”; several are parted by commas.
person-refused = “{ $name }” is nobody’s name. Please name the person, for example “Qian Yi”; several are parted by commas.
accepts-photo = Please send photos.
accepts-photo-or-file = Please send photos or files.
accepts-confirm = Please tap “{ $confirm }”, or “Change”.

hint-not-understood = “{ $text }” was not understood. { $accepts }
hint-kept = Your earlier answers are kept.
hint-too-long = At most { $limit } characters; you sent { $length }, nothing was saved. Please shorten it and send it again.
hint-range = Please send a number from { $minimum } to { $maximum }.
hint-day-future = { $day } is still to come. { $accepts }
hint-day-past = { $day } has passed. { $accepts }
hint-day-outside = { $day } is out of range. { $accepts }
hint-too-many-photos = At most { $limit } files; these were not saved.
hint-not-a-photo = “{ $name }” is no photo and was not saved. Please send photos; of a document, too, a photo.

photo-ask = Please send photos or files, several if you like.
photo-label = Attached
photo-attach = Add photos
photo-none = No photos

tap-not-yours = This button no longer works. Send /tasks to see your tasks.
tap-answered = You have answered this: { $value }.
reply-corrects = “{ $label }” was corrected: { $value }.
reply-own = You replied to a message of your own; this was not recorded. To answer the question, just send it; to change an answer, tap “Change” or “Back”.
reply-old = You replied to an older message; this was not recorded. To answer the question, just send it; to change an answer, tap “Change” or “Back”.
reply-other-talk = You replied to a question of “{ $title }”; this was not recorded. To go on with that, tap the button below.
reply-other-card = You replied to the message “{ $text }”; words are not recorded there. Please tap a button below.
reply-elsewhere = What you quoted stands in another chat and cannot be seen here; only your own words are read.
borrowed-words = A forwarded message is no answer of your own and was not recorded. Please write it in your own words, or tap a button.
borrowed-files = These files were forwarded. Please check before you confirm that they are of this occasion; if not, send the right ones.
tap-undated = This tap came late, and nobody knows when it was made; it was not recorded. Please choose once more, or write the time.
tap-outdated = This need not be answered any more. Please look at the latest message.
tap-finished = { $title } is done.
back-at-start = This is the first question.
talk-no-longer-yours = This is not yours to do at present. The conversation is closed; what was filled in is kept.
waiting-kept = { $title } is not finished; it is kept for you.
waiting-resumed = Going on with { $title }.
cancelled = { $title } is put away with all you entered; go on from /tasks at any time.
cancelled-unlisted = { $title } is put away with all you entered; nothing was handed in.
option-resume = Go on
option-discard = Discard
cancelled-discard = If it is not needed any more, tap “Discard”: what was filled in is deleted for good.
discard-goes-on = You went on with { $title } since; it was not discarded. To discard it, send /cancel again.
discarded = { $title } is discarded, and what was filled in is deleted.
discarded-duty = The task itself is as it was; you find it under /tasks.
tap-discarded = { $title } was discarded, and what was filled in is deleted.

handed-card = { $officer } has filled in { $title }; please check and confirm it.
handed-over = { $title } is with the principal to be confirmed.
handed-nobody = { $title } is filled in. The principal has not joined yet and can confirm it from /tasks afterwards.
handed-unreachable = { $title } is filled in, but the principal cannot be reached; please tell them in person.
option-check = Check it
option-refill = Answer again
returned-card = One answer of { $title } was sent back: { $remark }
give-back-title = sending back “{ $label }”
give-back-ask = What is wrong with “{ $label }”? One sentence will do.
give-back-hint = For example: “the day should be 6 June”.
give-back-done = { $title } was sent back.

document-number-accepts = Please reply with the whole number as on the document, such as “沈安委办〔2023〕12号”. Any brackets will do.
document-number-or-words = Please reply with the whole number, such as “（浑）应急罚〔2023〕12号”, or with a sentence.
document-number-year = “{ $number }” is of { $year }, which is still to come. Please check it and reply with the whole number, such as “沈安委办〔2023〕12号”.
note-empty = “{ $text }” does not say what was found. A few words at least, such as “{ $example }”.
names-accepts = Please reply with the names, with commas between several, such as “张三、李四”.
