"""How gunicorn serves the site: `gunicorn -c python:vetting.gunicorn vetting.wsgi`.

An access log, where somebody switches it on (`--access-logfile -`), holds path and status and never what was searched
for: gunicorn's own format writes the whole address with its query, and the page the visitor came from.
"""

worker_class = "gthread"
workers = 2
threads = 4
graceful_timeout = 5
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(L)s"
