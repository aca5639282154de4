"""How the bot itself is: what is found, what its operators are told of it, and what they may see."""
