"""The pack by which this installation works: that of its settings, from the day that they say."""

from bot.settings import Settings, SettingsError
from campaign.pack import Pack, load
from talk.texts import FullDay, Say


def in_force(settings: Settings) -> Pack:
    """Return the pack; PackError when it cannot be used, SettingsError where things would be owed from a day that its
    campaign does not have.
    """
    pack, day = load(settings.pack), settings.owed_from
    if day is None:
        return pack
    if not pack.start <= day <= pack.end:
        raise SettingsError(
            Say("settings-owed-from", day=FullDay(day), first=FullDay(pack.start), last=FullDay(pack.end))
        )
    return pack.model_copy(update={"owed_from": day})
