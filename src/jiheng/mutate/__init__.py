"""Right reports made wrong in one known place: to measure what a review finds. This room knows no check."""

from jiheng.mutate.drawing import draw
from jiheng.mutate.mutation import Kind, Mutation

__all__ = ["Kind", "Mutation", "draw"]
