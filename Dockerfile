# Two stages: Node builds the pages and stays behind; the image that runs has Python, no Node, no
# ffmpeg, no compiler. The same image is the web process, the worker and the migration, by command.
# The versions of torch and openai-whisper are those of scripts/provisioning/packages.py; a test
# holds the two together.

FROM node:24-slim AS pages
WORKDIR /pages
COPY app/web/package.json app/web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY app/web/ ./
RUN npm run build

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    NUMBA_CACHE_DIR=/tmp/numba

# libseccomp confines the decoder.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libseccomp2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home earwitness \
    && install -d -o earwitness -g earwitness -m 0700 /var/lib/earwitness

WORKDIR /srv/earwitness
COPY constraints.txt ./
RUN pip install --no-deps --retries 1 "torch==2.13.0+cpu" \
        --extra-index-url https://download.pytorch.org/whl/cpu \
    && pip install -c constraints.txt \
        filelock typing-extensions sympy networkx fsspec jinja2 "setuptools>=77" \
    && pip install -c constraints.txt --no-deps openai-whisper==20250625

# The code is installed where it lies, so that templates, migrations and pages need no second list.
COPY . .
RUN pip install -c constraints.txt -e .
COPY --from=pages /pages/static/dist app/web/static/dist

USER earwitness
ENV EARWITNESS_DATA_DIR=/var/lib/earwitness
VOLUME /var/lib/earwitness
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["earwitness", "serve", "--host", "0.0.0.0", "--port", "8000"]
