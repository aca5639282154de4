# The register of workers: import, list, reminders
workers-no-enterprise-column = The table has neither “{ $code }” nor “{ $name }”; please add one of these columns and import again.
workers-unknown-enterprise = “{ $value }” is not in the registry; bring that enterprise in first, or check the name.
workers-ambiguous-enterprise = “{ $value }” is the name of { $number } enterprises in the registry; please give the credit code instead.
workers-number-lost = the spreadsheet made it a number and lost its last digits; please format the column as text and type it from the certificate.
workers-number-none = it is no number of a certificate; please type it from the certificate. Who has none yet is not listed.
workers-number-pattern = ({ $number }) it is not “T” and an identity number of 18 places. Leave it if the holder has a passport or the like, else correct it from the certificate.
workers-number-check = ({ $number }) its check digit is wrong; please correct it from the certificate.
workers-before-issue = it does not lie after the day of issue ({ $day }); please check.
workers-review-after-end = it lies after the last valid day ({ $day }); please check.
workers-too-far = it is more than { $years } years from now, but a certificate is valid for { $years } years; please check.
workers-reckoned-over = it is empty; reckoned from the term it was { $day }, which is past, so the certificate counts as void. If it was reviewed or renewed, please give the day on the certificate.
workers-repeated = The same certificate as in line { $first }; please keep one line.
workers-other-holder = The same number as in line { $first } under another name; please check.
workers-namesake = it is new, while the register has a certificate of { $name } for the same trade ({ $number }). If a number was put right, please list the old one too, with 离岗 in 在岗状态.
workers-written = Imported certificates: { $added } added, { $changed } changed, { $unchanged } unchanged, { $removed } removed.
workers-written-partly = Imported certificates: { $added } added, { $changed } changed, { $unchanged } unchanged, { $removed } removed. Lines left out: { $refused }; please correct them and import again.
workers-dry-run = Tried, nothing was written: { $added ->
    [one] 1 certificate would
   *[other] { $added } certificates would
} be added, { $changed } changed, { $unchanged } unchanged, { $removed } removed.
workers-nothing-written = Nothing was written: { $refused ->
    [one] 1 line is wrong. Please correct it
   *[other] { $refused } lines are wrong. Please correct them
} and import again.

workers-not-yours = The register of workers is for the principal and the safety officer of an enterprise.
workers-none = The register is empty. Please hand your list (name, trade, number, issued, review due, valid until) to { $bureau } for import; do not send numbers in the chat.
workers-heading = Register of workers, certificates: { $number }
workers-void = ⚠️ Void: { $number }. Their holders may not do that work.
workers-entry = { $number }. { $name }, { $trade }, { $certificate }: { $state }
workers-name-at = { $name } ({ $enterprise })
workers-expired = valid until { $day }, which has passed: void
workers-review-overdue = review due by { $day }, which has passed without one: void
certificate-day =
    { $kind ->
        [review] review due by { $day }
        [expiry] valid until { $day }
       *[usable] usable until { $day }
    }
workers-both = { $review }, { $expiry }
workers-soon = { $what }, { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
workers-update = When people or days change, please hand a new list to { $bureau } for import; do not send numbers in the chat.

workers-remind-heading = { $signature }{ $name }: certificates that end soon
workers-remind-soon = ⏰ These certificates end soon:
workers-remind-line = { $name }, { $trade }, { $certificate }: { $what }, { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
workers-remind-rest = And { $number } more, see the register.
workers-remind-do = Please have them reviewed or renewed before, and hand the new list to { $bureau }. An overdue certificate is void: its holder may not do that work nor be named for hot work.
option-register = See the register

sealing-wrong-key = The encrypted numbers cannot be opened: ANZHU_SECRET_KEY (or secret.key in the data folder) is not the key of the import; please restore that key.
