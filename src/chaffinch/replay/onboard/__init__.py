"""Onboarding: what a history of mail says about the organisation it belongs to."""
