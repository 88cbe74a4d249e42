"""What `/readyz` warns about without saying that the installation cannot be used: rooms register their own."""

from collections.abc import Callable

from vetting.kernel.registry import Registry

# Name → a sentence for whoever runs the installation, empty while all is well. No personal data: the page is open.
warnings: Registry[Callable[[], str]] = Registry("warning")
