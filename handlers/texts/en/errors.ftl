# One sentence per reason of domain/errors.py, and for what could not be stored. Read by villagers and by members.

error-unknown = Nothing was found. Please check the address or the number.
error-not-allowed = Your role does not do this.
error-wrong-state = This cannot be done now. Reload and look again.
error-stale = Somebody has just changed it. Reload and look again.
error-too-large = This file is too large; 20 MB is the most.
error-bad-file = This file cannot be opened. Please try another one.
error-bad-input = That could not be read. Please fill it in again.
error-bad-code = The code has 16 digits. Please check that it is copied right.
error-bad-sign-in = The sign-in name or password is wrong.
error-throttled = Too much is going on just now. Please try again in a few minutes.
error-round-closed = This round has ended and takes nothing more.
error-cannot-store = It cannot be stored now and is not handed in yet. Submit again in a few minutes, or call the number on the card.
