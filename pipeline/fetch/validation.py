"""Replies to answers: only what the source has checked, about the keys that were asked."""

from __future__ import annotations

from pipeline.fetch.exchange import Transport
from pipeline.model.errors import AnswerError, FetchError, WebPageError
from pipeline.model.services import Answer, Fetch, Payloads, Reply, Request

_PAGE_BEGINS = (b"<html", b"<!doc")


def with_validation(transport: Transport) -> Fetch:
    """Answers: replies that the request's own `split_by_key` accepted.

    An answer to a request that names keys has one payload for each of them and no other. Raises
    AnswerError where `split_by_key` raises or the keys differ, which another try may mend, as a
    WebPageError where a page came instead; and FetchError with its status for a reply of 4xx (but
    404) that is no answer, which none mends.
    """

    def validated(request: Request) -> Answer:
        reply = transport(request).reply
        try:
            return Answer(request, _payloads(request, reply))
        except AnswerError as error:
            if _is_page(reply):
                raise WebPageError(request.url, error.reason, reply.status) from error
            if 400 <= reply.status < 500 and reply.status != 404:
                told = error.reason.removeprefix(f"answered {reply.status}").lstrip(" ,:")
                reason = f"refused with {reply.status}{told and f': {told}'}"
                raise FetchError(request.url, reason, reply.status) from error
            raise

    return validated


def _is_page(reply: Reply) -> bool:
    begins = reply.content[:200].lstrip()[:5].lower()
    return reply.status == 200 and (reply.media_type == "text/html" or begins in _PAGE_BEGINS)


def _payloads(request: Request, reply: Reply) -> Payloads:
    if request.split_by_key is None:
        raise AnswerError(request.url, "nothing is there to check this answer with", reply.status)
    try:
        payloads = request.split_by_key(request, reply)
    except FetchError:
        raise
    except Exception as error:
        reason = f"not an answer ({type(error).__name__}: {error})"
        raise AnswerError(request.url, reason[:300], reply.status) from error
    answered_keys = [key for key, _ in payloads]
    if request.keys and sorted(answered_keys) != sorted(set(request.keys)):
        raise AnswerError(request.url, "an answer for other keys than were asked", reply.status)
    return payloads
