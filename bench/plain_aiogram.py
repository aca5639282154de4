"""The form as aiogram's documentation recommends: a finite state machine that keeps it in memory."""

import asyncio
import os
import secrets

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from bench.form import API, HELD, QUESTIONS, RECEIPT, TOKEN, Question

router = Router()


class Dispatch(StatesGroup):
    """The questions of the form."""

    in_person = State()
    day = State()
    form = State()
    matters = State()
    problems = State()
    confirm = State()


def _keyboard(question: Question) -> InlineKeyboardMarkup:
    builder = InlineKeyboardBuilder()
    for label, data in question.buttons:
        builder.button(text=label, callback_data=data)
    return builder.as_markup()


async def _ask(message: Message, question: Question, text: str = "") -> None:
    await message.answer(text or question.text, reply_markup=_keyboard(question))


async def _tapped(query: CallbackQuery, state: FSMContext, key: str, then: State, question: Question) -> None:
    await query.answer()
    await state.update_data({key: query.data})
    await state.set_state(then)
    if isinstance(query.message, Message):
        await _ask(query.message, question)


@router.callback_query(F.data == HELD)
async def begin(query: CallbackQuery, state: FSMContext) -> None:
    """Keep the first answer, that the dispatch was held, and ask by whom."""
    await _tapped(query, state, "held", Dispatch.in_person, QUESTIONS[0])


@router.callback_query(Dispatch.in_person, F.data.in_({"yes", "no"}))
async def in_person(query: CallbackQuery, state: FSMContext) -> None:
    """Keep by whom, and ask when."""
    await _tapped(query, state, "in_person", Dispatch.day, QUESTIONS[1])


@router.callback_query(Dispatch.day, F.data.in_({"today", "yesterday"}))
async def day(query: CallbackQuery, state: FSMContext) -> None:
    """Keep when, and ask how."""
    await _tapped(query, state, "day", Dispatch.form, QUESTIONS[2])


@router.callback_query(Dispatch.form, F.data.in_({"meeting", "on-site", "remote"}))
async def form(query: CallbackQuery, state: FSMContext) -> None:
    """Keep how, and ask what was decided."""
    await _tapped(query, state, "form", Dispatch.matters, QUESTIONS[3])


@router.message(Dispatch.matters, F.text)
async def matters(message: Message, state: FSMContext) -> None:
    """Keep what was decided, and ask what problems are open."""
    await state.update_data(matters=message.text)
    await state.set_state(Dispatch.problems)
    await _ask(message, QUESTIONS[4])


@router.message(Dispatch.problems, F.text)
async def problems(message: Message, state: FSMContext) -> None:
    """Keep the problems, and show everything to be confirmed."""
    given = await state.update_data(problems=message.text)
    await state.set_state(Dispatch.confirm)
    lines = [QUESTIONS[5].text, *(f"{key}：{value}" for key, value in given.items())]
    await _ask(message, QUESTIONS[5], "\n".join(lines))


@router.callback_query(Dispatch.confirm, F.data == "confirm")
async def confirm(query: CallbackQuery, state: FSMContext) -> None:
    """End with a receipt."""
    await query.answer()
    await state.clear()
    if isinstance(query.message, Message):
        await query.message.answer(RECEIPT.format(code=secrets.token_hex(4).upper()))


async def main() -> None:
    """Poll until a signal."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ[API]))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    await dispatcher.start_polling(Bot(TOKEN, session))


if __name__ == "__main__":
    asyncio.run(main())
