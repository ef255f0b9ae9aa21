"""
The first module that the server of forks imports; nothing else imports it: see `deck.build.forkserver`.

Collecting garbage while modules are imported finds none, and takes a sixth of the time. Forks collect again.
"""

import gc

from deck.process.lifeline import end_with_parent

gc.disable()
end_with_parent()
