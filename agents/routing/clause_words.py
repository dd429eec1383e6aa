"""What stands before and behind a clause that changes the graph, for its patterns."""

from __future__ import annotations

END = (
    r"(?=[.;?!]|\s+and\s+(?:then|add|insert|remov|delet|what|how|is|are|find|give|compute|tell|list)|,(?!\s*(?:and\s+|or\s+)?(?:the\s+)?(?:nodes?\s+|edges?\s+|links?\s+)?[(\[{<'\"]?[ⓃⓊ])|\s+(?:then|what|how|is|are|does|do|can|could|will|would|find|compute|calculate|give|"
    r"list|which|who|tell|show)\b|$)"
)
WHO = r"(?:(?:we|you|i|one|they|someone|somebody)\s+)?"
IF = (
    r"(?:(?:after|if|when|once|suppose|supposing|assuming|assume|imagine|pretend|say|given|what if|and|now|then|"
    r"first|by|that)\s+)*"
)
