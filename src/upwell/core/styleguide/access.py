"""The style guide is open to everybody where it is there at all."""

from upwell.core.access import EVERYBODY, READ, Entry

ACCESS = [Entry("styleguide:styleguide", READ, (EVERYBODY,))]
