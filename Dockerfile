# One image for every process: docker compose names the verb (web, bot, worker, migrate).
FROM python:3.13-slim AS build

WORKDIR /app
COPY requirements.lock requirements-dev.lock ./
# setuptools builds the entry point below; its hash is in the lock of the developers.
RUN python -m venv /opt/karman \
    && sed -n '/^setuptools==/,/[^\\]$/p' requirements-dev.lock > /tmp/build.lock \
    && /opt/karman/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        -r requirements.lock -r /tmp/build.lock
COPY . .
RUN /opt/karman/bin/pip install --no-cache-dir --disable-pip-version-check \
        --no-index --no-deps --no-build-isolation -e . \
    && /opt/karman/bin/pip uninstall --yes setuptools pip \
    && python -m compileall -q /app

FROM python:3.13-slim

RUN groupadd --gid 10001 karman \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/karman \
        --shell /usr/sbin/nologin karman \
    && install -d -o karman -g karman -m 700 /var/lib/karman
COPY --from=build /opt/karman /opt/karman
COPY --from=build /app /app

WORKDIR /app
USER 10001:10001
ENV PATH=/opt/karman/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KARMAN_DATA_DIR=/var/lib/karman \
    KARMAN_LISTEN=0.0.0.0:8080
VOLUME /var/lib/karman
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["karman"]
CMD ["web"]
