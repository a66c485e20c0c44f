"""How people come in: invitations, passwords, second factors, sessions, single sign-on."""
