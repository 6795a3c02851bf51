<!-- The queries that the TAP service shows at /tap/examples. -->
<resource schema="__system" resdir="__system">
  <STREAM id="tapexamples">
    <doc>Examples for TAP querying</doc>
    <meta name="_example" title="Who owns a position">
      The SDCs of the tile whose inner area holds a place on the sky, from
      :taptable:`sgs.tile_ownership`:

      .. tapquery::

        SELECT tile, primary_sdc, secondary_sdc, valid_from, valid_until
        FROM sgs.tile_ownership
        WHERE 28.29 &gt;= west AND 28.29 &lt; east AND -22.5 &gt;= south AND -22.5 &lt; north
    </meta>
    <meta name="_example" title="Planned observations around a position">
      What will be observed within two degrees of a place, from :taptable:`ivoa.obsplan`:

      .. tapquery::

        SELECT obs_id, t_min, t_max, s_ra, s_dec
        FROM ivoa.obsplan
        WHERE 1 = CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 28.29, -22.5, 2))
        ORDER BY t_min
    </meta>
  </STREAM>
</resource>
