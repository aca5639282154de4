# The second factor: codes come from an authenticator app on the phone.
factor-off = No second factor is in use here.
factor-needed = Set up a second factor first; what you asked for goes on afterwards.
factor-begin =
    Second factor: beside the chat account, 6 digits of an authenticator app on your phone show that it is you.
    Within { $minutes } minutes:
    1. scan the QR code that follows with the app, or type the secret;
    2. send me the 6 digits that it shows.
    Then delete this message and the QR code.
factor-secret = Secret: { $secret }
factor-qr = Scan it with the authenticator app. Delete it afterwards.
factor-first-code = Send me the 6 digits that your authenticator app shows, to finish setting it up.
factor-ask = Send the 6 digits that your authenticator app shows. What you asked for goes on then.
factor-right = That is right.
factor-done = Your second factor is set up.
factor-codes =
    Recovery codes, each good once, for when your phone is not at hand:
    { $codes }
    They are shown this once. Write them down elsewhere, then delete this message. Earlier ones are void.
factor-wrong = That code is wrong, or was used before. Wait for the next one; { $left ->
        [one] one try is
       *[other] { $left } tries are
    } left.
factor-paused = Too many wrong codes. Try again in { $minutes } min.
factor-standing = Your second factor was set up on { $day }; recovery codes left: { $left }.
factor-lost = Without your phone, send a recovery code ({ $left } left). Without one, ask your authority or the security administrator to reset it; they make sure that it is you.
factor-reset = Your second factor was reset; you set it up again when it is next needed. If you did not ask for this, tell your authority at once.
factor-reset-title = reset the second factor of { $name }
factor-reset-sure = Reset the second factor of { $name }, { $role } of { $place }?
factor-reset-hint = First make sure, face to face or by telephone, that they ask for it themselves. Afterwards whoever has the chat account can set up a new one; where the phone was stolen, lock the account first.
factor-reset-done = The second factor of { $name } was reset. They were told.
option-reset-factor = Reset second factor
telegram-command-factor = Second factor
factor-option-lost = No phone
factor-option-codes = New codes
factor-option-anew = New phone
cli-about-factor = second factors: who has one, reset
cli-help-factor-list = List the second factors of the people who have joined: since when, last used, recovery codes left.
cli-help-factor-reset = Take away the second factor of somebody who lost the phone, once you made sure that it is them; they set it up again when it is next needed.
cli-argument-factor-person = the person's id, see anzhu people
cli-no-factor = The person “{ $given }” has no second factor. Run anzhu factor list.
cli-factor-reset = The second factor of person { $person } was reset.
cli-column-enrolled = set up
cli-column-verified = last used
cli-column-recovery = codes left
receipt-assurance =
    { $assurance ->
        [factor] Confirmed by the person's account with a second factor.
       *[other] Confirmed by the chat account, without a second factor.
    }
