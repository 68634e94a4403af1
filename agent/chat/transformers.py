"""A chat model of one's own: any causal language model with a chat template, run through transformers.

Readings are held to a closed JSON grammar, replies to prose and slots, so that neither depends on the model's
manners.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from agent.chat.constrain import GrammarProcessor
from agent.chat.grammar import parse_reading, reading_grammar, writing_grammar
from agent.chat.pieces import whole_slots
from agent.chat.placing import load_causal
from agent.chat.prefix import PrefixCache
from agent.chat.prompts import reading_messages, writing_messages
from encoders.checksum import identity
from encoders.errors import ModelError, ModelMissing
from encoders.layout import Slot

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    import torch
    from transformers import DynamicCache, PreTrainedModel, PreTrainedTokenizerFast, TextIteratorStreamer

    from agent.chat.prompts import Message
    from agent.types import Brief, Reading, Scene
    from encoders.device import Placement
    from encoders.profiles import Resolved

READ_TOKENS, WRITE_TOKENS = 320, 220
"""The longest reading and reply, in tokens; a reading of a long request takes about 150."""

_PATIENCE = 120.0
"""Seconds without a token after which a run is given up; a long prompt takes 10 s on two cores."""


class TransformersChat:
    """A ChatModel over a transformers model; one run at a time, others wait."""

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerFast,
        identifier: str,
        placement: Placement,
        *,
        patience: float = _PATIENCE,
    ) -> None:
        """Wrap a loaded model; `load` and `from_folder` make one."""
        from llguidance.hf import from_tokenizer

        self._model = model
        self._tokenizer = tokenizer
        self._id = identifier
        self.placement = placement
        """Where it runs and why."""
        self._patience = patience
        self._lock = threading.Lock()
        self._ends = _end_tokens(model, tokenizer)
        self._guide = from_tokenizer(tokenizer, n_vocab=_vocabulary(model, tokenizer), eos_token=self._ends)
        self._reading_grammar = reading_grammar()
        self._caches = {kind: PrefixCache(model) for kind in ("read", "write")}
        self._constants: dict[str, int] = {}
        self._system_role = _takes_system(tokenizer)

    @classmethod
    def load(cls, model: Resolved) -> TransformersChat:
        """Load a located model.

        Raises ModelMissing when its files are not on this disk, ModelError when they can't be used.
        """
        if model.path is None:
            raise ModelMissing(
                f"The chat model {model.ref.source} is not on this disk; name a folder instead."
            )
        return cls.from_folder(model.path, model.ref.name if model.ref.folder else model.ref.source)

    @classmethod
    def from_folder(
        cls, folder: Path, name: str | None = None, placement: Placement | None = None
    ) -> TransformersChat:
        """Load the model in `folder`; `name` is what its id begins with, the folder's name by default.

        Raises ModelError when the files can't be used.
        """
        model, tokenizer, placement = load_causal(folder, placement)
        return cls(model, tokenizer, identity(name or folder.name, Slot.CHAT, folder), placement)

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        return self._id

    def read(self, scene: Scene) -> Reading:
        """Read a turn under the grammar of readings.

        Raises ModelError when the model fails.
        """
        run = self._run("read", reading_messages(scene), self._reading_grammar, READ_TOKENS)
        return parse_reading("".join(run), self._id)

    def write(self, brief: Brief) -> Iterator[str]:
        """Write the reply in pieces of about a word, under the grammar of this brief; closing it cancels the run.

        Raises ModelError when the model fails.
        """
        return whole_slots(self._run("write", writing_messages(brief), writing_grammar(brief), WRITE_TOKENS))

    def _run(self, kind: str, messages: list[Message], grammar: str, most: int) -> Generator[str]:
        """Generate in a thread and yield the text as it comes."""
        from transformers import TextIteratorStreamer

        if not self._lock.acquire(timeout=self._patience):
            raise ModelError(
                f"The chat model {self._id} is still busy with another turn; wait and try again."
            )
        cancelled = threading.Event()
        failures: list[Exception] = []
        streamer = TextIteratorStreamer(
            self._tokenizer,
            skip_prompt=True,
            timeout=self._patience,
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )

        def work() -> None:
            try:
                self._generate(kind, messages, grammar, most, streamer, cancelled)
            except Exception as error:  # handed to the caller's thread, which raises it
                failures.append(error)
            finally:
                # Without an end a failed run would leave the reader waiting.
                streamer.text_queue.put(streamer.stop_signal)

        thread = threading.Thread(target=work, name=f"chat-{kind}", daemon=True)
        try:
            thread.start()
            yield from (piece for piece in streamer if piece)
        except queue.Empty as error:
            raise ModelError(
                f"The chat model {self._id} gave no word for {self._patience:g} s; use a smaller one."
            ) from error
        finally:
            cancelled.set()
            thread.join()
            self._lock.release()
        if failures:
            raise _plainly(self._id, failures[0]) from failures[0]

    def _generate(
        self,
        kind: str,
        messages: list[Message],
        grammar: str,
        most: int,
        streamer: TextIteratorStreamer,
        cancelled: threading.Event,
    ) -> None:
        import torch
        from transformers import GenerationConfig, LogitsProcessorList, StoppingCriteriaList

        prompt = self._encode(messages)
        self._check_length(len(prompt) + most)
        caches = self._caches[kind]
        cache: DynamicCache = caches.take(prompt, self._constant(kind, messages))
        ids = torch.tensor([prompt], device=self._model.device)

        def stop(input_ids: torch.Tensor, scores: torch.Tensor, **options: object) -> torch.Tensor:
            return torch.full((len(input_ids),), cancelled.is_set(), device=input_ids.device)

        with torch.inference_mode():
            output = self._model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                past_key_values=cache,
                generation_config=GenerationConfig(
                    do_sample=False,
                    max_new_tokens=most,
                    eos_token_id=self._ends,
                    pad_token_id=self._ends[0],
                    use_cache=True,
                ),
                logits_processor=LogitsProcessorList([GrammarProcessor(self._guide, grammar, len(prompt))]),
                stopping_criteria=StoppingCriteriaList([stop]),
                streamer=streamer,
            )
        caches.keep(output[0].tolist(), cache)

    def _encode(self, messages: list[Message]) -> list[int]:
        """Return the tokens of a conversation; control tokens in its texts are encoded as plain text."""
        if not self._system_role:
            messages = _without_system(messages)
        encoded = self._tokenizer.apply_chat_template(
            messages,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            sanitize_control_tokens=True,
            enable_thinking=False,
        )
        return list(encoded["input_ids"])

    def _constant(self, kind: str, messages: list[Message]) -> int:
        """Return how many tokens all prompts of a kind begin with."""
        if kind not in self._constants:
            first, second = (
                self._encode([*messages[:-1], {"role": "user", "content": content}]) for content in ("a", "?")
            )
            pairs = zip(first, second, strict=False)
            self._constants[kind] = next((index for index, (a, b) in enumerate(pairs) if a != b), 0)
        return self._constants[kind]

    def _check_length(self, tokens: int) -> None:
        longest = getattr(self._model.config.get_text_config(), "max_position_embeddings", None)
        if longest and tokens > longest:
            raise ModelError(
                f"The chat model {self._id} reads {longest} tokens and this turn needs {tokens}; use a larger one."
            )


def _end_tokens(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast) -> list[int]:
    """Return the tokens that end a turn: the model's own, then the tokenizer's."""
    configured = model.generation_config.eos_token_id
    ends = configured if isinstance(configured, list) else [configured]
    found = list(dict.fromkeys(each for each in [*ends, tokenizer.eos_token_id] if each is not None))
    if not found:
        raise ModelError("The chat model names no token that ends a turn; use another model.")
    return found


def _takes_system(tokenizer: PreTrainedTokenizerFast) -> bool:
    """Whether the chat template knows the system role; some raise an error at it."""
    from jinja2 import TemplateError

    messages = [{"role": "system", "content": "a"}, {"role": "user", "content": "b"}]
    try:
        tokenizer.apply_chat_template(messages, tokenize=False)
    except TemplateError:
        return False
    return True


def _without_system(messages: list[Message]) -> list[Message]:
    """Put the system message before the words of the first user message."""
    system, first, *rest = messages
    return [{"role": "user", "content": f"{system['content']}\n\n{first['content']}"}, *rest]


def _vocabulary(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast) -> int:
    """Return the width of the logits, which may be padded beyond the tokenizer's vocabulary."""
    return max(int(model.config.get_text_config().vocab_size), len(tokenizer))


def _plainly(identifier: str, error: Exception) -> ModelError:
    if isinstance(error, ModelError):
        return error
    if "out of memory" in str(error).lower() or isinstance(error, MemoryError):
        return ModelError(f"The chat model {identifier} ran out of memory; use a smaller one.")
    return ModelError(
        f"The chat model {identifier} failed ({type(error).__name__}); try again or use another one."
    )
