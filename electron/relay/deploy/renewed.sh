#!/bin/sh
# Deploy hook of certbot: `certbot certonly … --deploy-hook /opt/sightline/electron/relay/deploy/renewed.sh`.
# Hands the new certificate to the relay and restarts it; people are back in a few seconds.
set -eu
umask 077
mkdir -p /etc/sightline-relay
cp "$RENEWED_LINEAGE/fullchain.pem" /etc/sightline-relay/cert.pem
cp "$RENEWED_LINEAGE/privkey.pem" /etc/sightline-relay/key.pem
systemctl try-restart sightline-relay.service
