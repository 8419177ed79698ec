"""Replies to answers: only what the source has checked, about the keys that were asked."""

from __future__ import annotations

from pipeline.fetch.wire import Wire
from pipeline.model.errors import AnswerError, FetchError
from pipeline.model.services import Answer, Fetch, Pieces, Reply, Request


def checked(wire: Wire) -> Fetch:
    """Answers: replies that the request's own `cut` accepted.

    An answer to a request that names keys has one piece for each of them and no other. Raises
    AnswerError where `cut` raises or the keys differ, which another try may mend; and FetchError
    with its status for a reply of 4xx (but 404) that is no answer, which no other try mends.
    """

    def answered(request: Request) -> Answer:
        reply = wire(request).reply
        try:
            return Answer(request, _pieces(request, reply))
        except AnswerError as error:
            if 400 <= reply.status < 500 and reply.status != 404:
                reason = f"refused with {reply.status}: {error.reason}"
                raise FetchError(request.url, reason, reply.status) from error
            raise

    return answered


def _pieces(request: Request, reply: Reply) -> Pieces:
    if request.cut is None:
        raise AnswerError(request.url, "nothing is there to check this answer with", reply.status)
    try:
        pieces = request.cut(request, reply)
    except FetchError:
        raise
    except Exception as error:
        reason = f"not an answer ({type(error).__name__}: {error})"
        raise AnswerError(request.url, reason[:300], reply.status) from error
    found = [key for key, _ in pieces]
    if request.keys and sorted(found) != sorted(set(request.keys)):
        raise AnswerError(request.url, "an answer for other keys than were asked", reply.status)
    return pieces
