# Why a file that came is not kept
file-empty = “{ $name }” is empty and was not sent.
file-too-big = “{ $name }” is over { $limit } MB and was not sent.
file-type = “{ $name }” is of a kind that is not taken, and was not sent. Send photos, PDF, Word, Excel or text files.
file-unreadable = “{ $name }” is broken or cut off and was not sent. Please take the photo, or save the file, once more.
file-pixels = “{ $name }” has too many pixels and was not sent. Please take the photo with a phone once more, or send a screenshot.
file-slow = “{ $name }” is too complex to be checked and was not sent. Please send a photo, a screenshot, or the file saved anew.
file-active = “{ $name }” has macros, scripts, files inside it or things that open by themselves, and was not sent. Please print it to a PDF, or send a photo.
file-locked = “{ $name }” is locked by a password, cannot be checked, and was not sent. Please take the password off first.
file-busy = Many files are being looked at: “{ $name }” was not sent. Please send it again a little later.

# Of a photo the picture is kept; a document as it is
files-taken = { $number ->
    [one] 1 file
   *[other] { $number } files
} received as one answer.
files-joined = { $number ->
    [one] 1 more file was
   *[other] { $number } more files were
} added to that answer.
files-late = Of an album that you sent before, { $number ->
    [one] 1 file came late and was
   *[other] { $number } files came late and were
} not saved. Please send again what is needed.
files-not-asked = This step takes words only; { $number ->
    [one] 1 file was not saved. Please send it
   *[other] { $number } files were not saved. Please send them
} when you are asked for photos or files.
caption-not-kept = The files were taken; the words beside them, “{ $text }”, were not recorded. Please send them when you are asked for words.
left-out = Video, voice, stickers and the like cannot be taken and were not saved; words, photos and files are handled as usual.
file-as-it-is = The file is kept as it is: its author, the pictures in it and where they were taken are still there, and whoever gets it can read them.

# Documents of somebody else, as they are handed on
files-of-others = With files that somebody else sent. When one is opened and asks to enable content or editing, please do not.

# A file that is recorded and not on the disk: when somebody wants to see it; as it stands in the inspection file
file-gone = “{ $name }” is no longer kept here. If you need it, please ask its sender to send it again.
file-gone-named = { $name } (no longer kept here)

# When a kept file does not open: another key, or it was changed on the disk
file-spoilt = “{ $name }” cannot be opened and is not attached. Please tell the administrator at your emergency management bureau.

# The words arrived and a file did not: to whom it was for, who asked for it, who sent it in, the staff
file-lost-why = { $why ->
    [lost] it is no longer kept here, or does not open
    [late] it was tried many times in vain
   *[other] the chat platform does not take it
}
file-lost-reader = The file “{ $name }” did not arrive ({ $why }); the words that it went with did. If you need it, please ask its sender for it in another way.
file-lost-asked = The file “{ $name }” did not arrive ({ $why }). Please ask for it once more a little later; if it still does not come, tell the administrator at your emergency management bureau.
file-lost-sender = Your file “{ $name }” could not be handed on ({ $why }); only your words arrived. Please send another picture or a PDF in its place, or hand it over in another way.
file-lost-staff = The file “{ $name }” that { $enterprise } sent could not be handed on ({ $why }); only the words arrived. If it is needed, please ask the enterprise.
