"""The tick: planning, reminding, escalating; and the last look at letters before they leave."""
