"""The handlers in the order in which they are asked; the last one takes what is left."""

from aiogram import Router

ROUTERS: tuple[Router, ...] = ()
