FROM python:3.11-slim-bookworm

# Fonts for PDF files that embed none and for receipts, what lays receipts out, and the program that reads scans; everything else comes as wheels.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk fonts-noto-core tesseract-ocr tesseract-ocr-chi-sim \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 gongkai

WORKDIR /app
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=intranet.settings.production \
    VAR_DIR=/var/lib/gongkai STATIC_ROOT=/app/static-collected

COPY requirements.txt requirements-ldap.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt

# Signing in by a directory: its library is compiled here.
ARG WITH_LDAP=0
RUN if [ "$WITH_LDAP" = 1 ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends gcc libc6-dev libldap-dev libsasl2-dev \
        && rm -rf /var/lib/apt/lists/* \
        && pip install --no-cache-dir --requirement requirements-ldap.txt; \
    fi

COPY manage.py ./
COPY intranet intranet
COPY search search
COPY home home
COPY templates templates
COPY locale locale
COPY tools/__init__.py tools/catalogues.py tools/messages.py tools/wagtail_messages.py tools/

# Only to collect static files and compile messages; nothing of it stays in the image's settings.
RUN python -m tools.messages compile \
    && SECRET_KEY="only-for-collecting-static-files-0123456789-abcdefghijklmnop" ALLOWED_HOSTS=build \
       IDENTIFIER_KEYS=b25seS1mb3ItY29sbGVjdGluZy1zdGF0aWMtZmlsZS4= IDENTIFIER_LOOKUP_KEY=only-for-collecting-static-files-0 \
       DATABASE_URL=sqlite:////tmp/build.sqlite3 BASE_URL=https://build VAR_DIR=/tmp/build \
       python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build /tmp/build.sqlite3 \
    && mkdir -p /var/lib/gongkai && chown gongkai /var/lib/gongkai

USER gongkai
VOLUME /var/lib/gongkai
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["gunicorn", "intranet.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--timeout", "30", "--access-logfile", "-"]
