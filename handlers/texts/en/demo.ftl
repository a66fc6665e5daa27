# What the demo and the commands print, and the demo's one page.
demo-title = Demo sign-in
demo-hint = Only the demo has this page, and only on this machine. Real use takes a password and a second factor.
demo-enter = Sign in as { $login }
demo-ready = The demo is up: { $url }  (Ctrl+C ends it)
    What villagers see when they scan a card:
demo-members = Members of teams and office, one click each (on this machine only):
demo-cards = Cards to print: { $path }
demo-telegram = To connect Telegram: stop, put MSX_TELEGRAM_TOKEN=your bot's token into .env, make run again
init-invite = For the first director, within 24 hours, once: { $link }
director-invite = For this director, within 24 hours, once: { $link }
serve-both-halves = Intake and desk share one process. For real use run them apart: python -m bot intake, python -m bot desk
import-good = This can be imported: { $teams } teams, { $units } units
import-done = Imported: { $teams } teams, { $units } units. One link a person, good for 24 hours:
import-problem = { $sheet } row { $row } column { $column } { $heading }:{" "}
simulate-hint = Type to speak; a number picks a button; Ctrl+D ends.
