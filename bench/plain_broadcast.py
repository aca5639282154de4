"""A broadcast as python-telegram-bot's documentation recommends: AIORateLimiter, one task for each chat."""

import asyncio
import os
import sys

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application

from bench.form import API, NOTICE, TOKEN


async def main(first: int, number: int, rate: float) -> None:
    """Send to so many chats from the first on, so many a second."""
    base = os.environ[API]
    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=5)
    application = Application.builder().token(TOKEN).base_url(f"{base}/bot").rate_limiter(limiter).updater(None).build()
    async with application:
        results = await asyncio.gather(
            *(application.bot.send_message(chat, NOTICE) for chat in range(first, first + number)),
            return_exceptions=True,
        )
    given_up = [result for result in results if isinstance(result, BaseException)]
    sys.stdout.write(f"{len(given_up)}\n")
    if any(not isinstance(error, TelegramError) for error in given_up):
        sys.stdout.write(f"{given_up[0]!r}\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
