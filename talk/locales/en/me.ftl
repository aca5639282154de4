# My data, language, complaints.
me-kept = Your data: { $name }, { $roles }.
me-joined = Joined on { $day }.
me-not-joined = Not joined.
me-channels = Chat accounts: { $number }.
me-answers = Questions you answered: { $number }.
me-reminded = Reminders sent to you this month: { $number }.
me-why =
    Your answers belong to the enterprise and can be checked by its department. If you leave, answers and signatures stay; your chat account, your name in the list of people and what was sent to you are deleted.
    Is your name or role wrong? The department puts it right; an answer: open the task and tap “change”. Who has no account, or would rather not do it alone, may ask the department to see, correct or delete it.
me-archive-name = my-files-{ $number }.zip
me-exported = This is all your data. What you sent in is in the archives; for a file of the list that names none, ask the department. The copy on the server is deleted when its time is over, as a rule after a day.
me-file-name = my-data.txt
me-file-name-part = my-data-{ $number }.txt
me-export-pause = You have exported your data several times within the hour. Please use the newest file, or try again in an hour.
option-export = Export
option-leave = Leave

leave-title = leaving
leave-ask = Do you want to leave? You will no longer act for { $roles }. To come back you need a new invitation.
leave-yes = Leave
leave-no = Stay
leave-stayed = Good, you stay.
leave-done =
    You have left. Your chat account, your name in the list of people, what was sent to you and the data you exported were deleted here.
    Kept by law: what you answered (with names and numbers in it), signatures on hot-work permits, checks and hazards, name and telephone number in the registry, the audit log (which has numbers only).
    On the ground of Work Safety Law 41, GB 30871-2022, and PIPL 47(2).
    Where messages to others name you, they are emptied after { $days ->
        [one] a day
       *[other] { $days } days
    } at the latest.
person-left = someone who left

language-ask = 请选择语言。Please choose a language.
language-chinese = 中文
language-english = English
language-set = Good, English from now on.

feedback-title = suggestions and complaints
feedback-ask = Please write your suggestion or complaint; it goes straight to the bureau that leads the campaign.
feedback-hint = For example: “two departments ask for the same report”.
feedback-thanks = It is with { $bureau }, number { $number }.
feedback-received = Suggestion or complaint (number { $number }): { $text }
