"""Real models of a few thousand weights, in the formats that people download, made on the spot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "[PAD] [UNK] [CLS] [SEP] a red blue boot mug of the waterproof leather walking green".split()
SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)


def make_sentence_transformer(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A one-layer BERT of 32 dimensions with mean pooling, as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    vocabulary = {word: index for index, word in enumerate(WORDS)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(0)
    bert = BertModel(
        BertConfig(
            vocab_size=len(WORDS),
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        )
    )
    raw = folder / "raw"
    bert.save_pretrained(raw)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=64,
    ).save_pretrained(raw)
    transformer = Transformer(str(raw))
    modules = [transformer, Pooling(32), Normalize()]
    target = folder / "tiny-bert"
    SentenceTransformer(modules=modules, device="cpu", prompts=prompts).save(
        str(target), create_model_card=False
    )
    return target


def make_open_clip(folder: Path) -> Path:
    """Towers of one layer and 32 dimensions over open_clip's own tokenizer, as a local-dir."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    configuration = {
        "embed_dim": 32,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "head_width": 32, "patch_size": 16},
        "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1},
    }
    torch.manual_seed(0)
    model = open_clip.CLIP(**configuration)
    target = folder / "tiny-clip"
    target.mkdir()
    preprocess = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}
    (target / "open_clip_config.json").write_text(
        json.dumps({"model_cfg": configuration, "preprocess_cfg": preprocess})
    )
    weights = {name: value.contiguous().clone() for name, value in model.state_dict().items()}
    save_file(weights, target / "open_clip_model.safetensors")
    return target


def make_whisper(folder: Path) -> Path:
    """A Whisper of one layer and 32 dimensions over bytes, converted to CTranslate2's int8."""
    import torch
    from ctranslate2.converters import TransformersConverter
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.decoders import ByteLevel
    from tokenizers.models import BPE
    from transformers import PreTrainedTokenizerFast, WhisperConfig, WhisperForConditionalGeneration

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(BPE({letter: index for index, letter in enumerate(letters)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevel()
    tokenizer.add_special_tokens(list(SPECIALS))
    end, start = len(letters), len(letters) + 1
    torch.manual_seed(0)
    whisper = WhisperForConditionalGeneration(
        WhisperConfig(
            vocab_size=len(letters) + len(SPECIALS) + 1501,
            d_model=32,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=64,
            decoder_ffn_dim=64,
            bos_token_id=end,
            eos_token_id=end,
            pad_token_id=end,
            decoder_start_token_id=start,
            suppress_tokens=[],
            begin_suppress_tokens=[],
        )
    )
    with torch.no_grad():
        # Output and input embeddings are one: with zeros here only letters are ever the likeliest next token.
        whisper.model.decoder.embed_tokens.weight[len(letters) :] = 0.0
    whisper.generation_config.suppress_tokens = []
    whisper.generation_config.begin_suppress_tokens = []
    raw = folder / "raw-whisper"
    whisper.save_pretrained(raw)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|endoftext|>", bos_token="<|endoftext|>"
    ).save_pretrained(raw)
    target = folder / "tiny-whisper"
    TransformersConverter(str(raw), copy_files=["tokenizer.json"]).convert(str(target), quantization="int8")
    return target


def make_clap(folder: Path, *, whole: bool = False) -> Path:
    """A CLAP of random weights with a tokenizer over a few words; `whole` has the true shape, 153 M weights."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, PreTrainedTokenizerFast

    words = "<s> <pad> </s> <unk> gentle rain a loud drum of the music".split()
    tokenizer = Tokenizer(WordLevel({word: index for index, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    text = {
        "vocab_size": 64,
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 20,
    }
    audio = {
        "spec_size": 64,
        "num_mel_bins": 16,
        "patch_embeds_hidden_size": 16,
        "depths": [1, 1],
        "num_attention_heads": [2, 2],
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "window_size": 4,
    }
    torch.manual_seed(0)
    configuration = (
        ClapConfig() if whole else ClapConfig(text_config=text, audio_config=audio, projection_dim=24)
    )
    target = folder / ("clap" if whole else "tiny-clap")
    ClapModel(configuration).save_pretrained(target)
    shape = {} if whole else {"feature_size": 16, "max_length_s": 1}
    ClapFeatureExtractor(truncation="rand_trunc", **shape).save_pretrained(target)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
    ).save_pretrained(target)
    return target
