# What the QR code of a hot-work permit leads to.

verify-approved = ✅ Permit { $code } is valid: approved, hot work not started yet, valid until { $until }. Before the start please compare the permit with the site.
verify-started = ✅ Permit { $code } is valid: work in progress, valid until { $until }.
verify-gas = ⛔ Permit { $code }: too much gas. Stop hot work and leave the site.
verify-barred = ⚠️ Permit { $code } is approved, but the job may not start as things are. No hot work.
verify-suspended = ⚠️ Permit { $code } is suspended. No hot work meanwhile.
verify-finished = The hot work of permit { $code } is finished, the fire watch is on. No further hot work.
verify-closed = Permit { $code } is closed: the job was accepted. No further hot work.
verify-expired = ⚠️ Permit { $code } expired on { $until }. No hot work; to go on, a new permit is needed.
verify-cancelled = Permit { $code } was cancelled. No hot work.
verify-not-approved = ⚠️ Permit { $code } was not approved and is not valid. No hot work.
# The text of a QR code where the bot has no link: plain, without a line break.
verify-how = Anzhu, hot-work permit { $code }, code { $token }. To verify it, send “/verify { $token }” to Anzhu.
verify-help = Send the code on the permit, for example: /verify 7KQ4M2PXW9HT
verify-unknown = ⚠️ There is no such code. Check it and send it again; if it is still unknown, the permit may be forged: no hot work.
verify-pause = Too many tries; please try again in an hour.
