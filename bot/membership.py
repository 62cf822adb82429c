"""The person blocked the bot, or came back."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from backend.customers.person.block import block, unblock
from backend.customers.person.meet import in_telegram
from backend.platform.context import Context


def membership_router() -> Router:
    router = Router(name="membership")

    @router.my_chat_member()
    async def changed(event: ChatMemberUpdated, ctx: Context) -> None:
        if event.chat.type != ChatType.PRIVATE:
            return
        if event.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}:
            await block(ctx, in_telegram(event.chat.id))
        else:
            await unblock(ctx, in_telegram(event.chat.id))

    return router
