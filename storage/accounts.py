"""The accounts of channels: how the bot is called there, and what a process that died left behind."""

from sqlalchemy import Connection, select, update

from storage import engine
from storage.tables import channel_accounts, outbox


def name_bot(conn: Connection, channel: str, account: str, name: str) -> None:
    """Note under which name people find the bot; links of invitations are made with it."""
    conn.execute(
        engine.insert(channel_accounts)
        .values(channel=channel, account=account, bot_name=name)
        .on_conflict_do_update(
            index_elements=[channel_accounts.c.channel, channel_accounts.c.account],
            set_={"bot_name": name},
        )
    )


def bot_name(conn: Connection, channel: str) -> str | None:
    """The bot's name on a channel, None while it is unknown."""
    statement = select(channel_accounts.c.bot_name).where(
        channel_accounts.c.channel == channel, channel_accounts.c.bot_name.is_not(None)
    )
    return conn.execute(statement.order_by(channel_accounts.c.account).limit(1)).scalar_one_or_none()


def reclaim(conn: Connection, channel: str, account: str) -> int:
    """Give back the letters that a process took and did not settle; only for an account of which this
    process is the one sender, or a letter leaves twice. How many there were.
    """
    statement = update(outbox).where(
        outbox.c.channel == channel, outbox.c.account == account, outbox.c.state == "leased"
    )
    return int(conn.execute(statement.values(lease_until=outbox.c.created_at)).rowcount)
