"""The schema: everything research rests on, from the first release (DESIGN section 4).

Later issues fill tables that stand here already, so that studies made today need no migration then.
"""

from qualcode.store.schema import codebook, coding, documents, people, study, synthesis
from qualcode.store.schema.base import metadata

__all__ = ["codebook", "coding", "documents", "metadata", "people", "study", "synthesis"]
