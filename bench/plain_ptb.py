"""The form as python-telegram-bot's documentation recommends: a ConversationHandler that keeps it in memory."""

import os
import secrets
from typing import Any
from warnings import filterwarnings

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from bench.form import API, HELD, QUESTIONS, RECEIPT, TOKEN, Question

IN_PERSON, DAY, FORM, MATTERS, PROBLEMS, CONFIRM = range(6)

filterwarnings(action="ignore", message=r".*CallbackQueryHandler", category=PTBUserWarning)


def _keyboard(question: Question) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data) for label, data in question.buttons]])


async def _ask(update: Update, question: Question, text: str = "") -> None:
    if update.effective_message is not None:
        await update.effective_message.reply_text(text or question.text, reply_markup=_keyboard(question))


async def _answered(update: Update, context: ContextTypes.DEFAULT_TYPE, key: str) -> None:
    """Note what was tapped or said."""
    if context.user_data is None:
        return
    if update.callback_query is not None:
        await update.callback_query.answer()
        context.user_data[key] = update.callback_query.data
    elif update.message is not None:
        context.user_data[key] = update.message.text


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the first answer, that the dispatch was held, and ask by whom."""
    await _answered(update, context, "held")
    await _ask(update, QUESTIONS[IN_PERSON])
    return IN_PERSON


async def in_person(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep by whom, and ask when."""
    await _answered(update, context, "in_person")
    await _ask(update, QUESTIONS[DAY])
    return DAY


async def day(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep when, and ask how."""
    await _answered(update, context, "day")
    await _ask(update, QUESTIONS[FORM])
    return FORM


async def form(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep how, and ask what was decided."""
    await _answered(update, context, "form")
    await _ask(update, QUESTIONS[MATTERS])
    return MATTERS


async def matters(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep what was decided, and ask what problems are open."""
    await _answered(update, context, "matters")
    await _ask(update, QUESTIONS[PROBLEMS])
    return PROBLEMS


async def problems(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the problems, and show everything to be confirmed."""
    await _answered(update, context, "problems")
    given = context.user_data or {}
    lines = [QUESTIONS[CONFIRM].text, *(f"{key}：{given[key]}" for key in given)]
    await _ask(update, QUESTIONS[CONFIRM], "\n".join(lines))
    return CONFIRM


async def confirm(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """End with a receipt."""
    await _answered(update, context, "confirm")
    if update.effective_message is not None:
        await update.effective_message.reply_text(RECEIPT.format(code=secrets.token_hex(4).upper()))
    if context.user_data is not None:
        context.user_data.clear()
    return ConversationHandler.END


async def cancel(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """/cancel."""
    del update, context
    return ConversationHandler.END


def main() -> None:
    """Poll until a signal."""
    text = filters.TEXT & ~filters.COMMAND
    base = os.environ[API]
    application = Application.builder().token(TOKEN).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot").build()
    states: dict[object, list[Any]] = {
        IN_PERSON: [CallbackQueryHandler(in_person, pattern="^(yes|no)$")],
        DAY: [CallbackQueryHandler(day, pattern="^(today|yesterday)$"), MessageHandler(text, day)],
        FORM: [CallbackQueryHandler(form, pattern="^(meeting|on-site|remote)$")],
        MATTERS: [CallbackQueryHandler(matters, pattern="^(measures|funds)$"), MessageHandler(text, matters)],
        PROBLEMS: [CallbackQueryHandler(problems, pattern="^none$"), MessageHandler(text, problems)],
        CONFIRM: [CallbackQueryHandler(confirm, pattern="^confirm$")],
    }
    application.add_handler(
        ConversationHandler(
            entry_points=[CallbackQueryHandler(begin, pattern=f"^{HELD}$")],
            states=states,
            fallbacks=[CommandHandler("cancel", cancel)],
        )
    )
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
