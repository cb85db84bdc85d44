"""The staff's door: a password, a code, the own account, and out again."""

from flask import Flask, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from scheduler.casework import desk, sessions, staff
from scheduler.casework.access import Permission
from scheduler.casework.desk import Counts
from scheduler.web import desk_words
from scheduler.web.parts import mode, parts
from scheduler.web.signing import ACCOUNT, LOGIN, NEXT, WAITING, let_in, ours, token, wait_for_code, who

CODE = "/staff/code"
FORGET = '"cache", "cookies", "storage"'


def register(app: Flask) -> None:
    app.add_url_rule(LOGIN, "staff.login", login)
    app.add_url_rule(LOGIN, "staff.check_password", check_password, methods=["POST"])
    app.add_url_rule(CODE, "staff.code", code)
    app.add_url_rule(CODE, "staff.check_code", check_code, methods=["POST"])
    app.add_url_rule("/staff/logout", "staff.logout", logout, methods=["POST"])
    app.add_url_rule(ACCOUNT, "staff.account", account)


def login() -> ResponseReturnValue:
    """Ask for address and password."""
    path = ours(request.args.get(NEXT, ""))
    if who() is not None:
        return redirect(path or ACCOUNT, 303)
    return render_template("staff/login.html", refused="no" in request.args, path=path)


def check_password() -> ResponseReturnValue:
    """Check them; whatever is wrong, the answer is one and the same."""
    path = ours(request.form.get(NEXT, ""))
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        opened = staff.sign_in(parts(), email, password, codes_required=mode() == "live")
    except staff.SignInRefused:
        return redirect(f"{LOGIN}?no=1" + (f"&{NEXT}={path}" if path else ""), 303)
    wait_for_code(opened, path)
    return redirect(let_in(opened) if opened.complete else CODE, 303)


def code() -> ResponseReturnValue:
    """Ask for the code of the authenticator app."""
    if WAITING not in session:
        return redirect(LOGIN, 303)
    return render_template("staff/code.html", refused="no" in request.args)


def check_code() -> ResponseReturnValue:
    """Check the code; it works once."""
    try:
        opened = staff.give_code(parts(), str(session.get(WAITING, "")), request.form.get("code", ""))
    except staff.CodeRefused:
        return redirect(f"{CODE}?no=1", 303)
    except staff.PasswordFirst:
        return redirect(LOGIN, 303)
    return redirect(let_in(opened), 303)


def logout() -> ResponseReturnValue:
    """End the session here and in the browser."""
    sessions.sign_out(parts(), token())
    session.clear()
    answer = redirect(LOGIN, 303)
    answer.headers["Clear-Site-Data"] = FORGET
    return answer


def account() -> ResponseReturnValue:
    """Who is signed in, and where her doors are."""
    return render_template("staff/account.html", door="account", say=desk_words, counts=_counts())


def _counts() -> Counts | None:
    """The numbers beside the desk's doors, for those who have them."""
    return desk.counts(parts()) if g.staff.may(Permission.SEE_DESK) else None
