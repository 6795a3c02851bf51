#!/usr/bin/perl
# Adds to each series of series.py, a line of JSON each, what DateTime::Event::ICal gives: `perl` is
# the list of starts, or null where it gives none (an error, or three seconds without an answer).
use strict;
use warnings;
use DateTime;
use DateTime::Event::ICal;
use JSON::PP;

# DateTime::TimeZone warns of its own zone data.
local $SIG{__WARN__} = sub { };

# The handler's own die may be caught where the clock's changes are.
my $is_late;
my $json = JSON::PP->new->canonical;

sub wall {
    my ($text) = @_;
    my ($y, $m, $d, $h, $i, $s) = $text =~ /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/ or die "time $text";
    return DateTime->new(year => $y, month => $m, day => $d, hour => $h, minute => $i, second => $s);
}

sub starts {
    my ($series) = @_;
    my %recur = (dtstart => wall($series->{start}));
    for my $part (split /;/, $series->{rule}) {
        my ($name, $value) = split /=/, $part;
        $name = lc $name;
        if ($name eq 'freq' or $name eq 'wkst') { $recur{$name} = lc $value }
        elsif ($name eq 'byday') { $recur{$name} = [map { lc } split /,/, $value] }
        elsif ($name eq 'interval') { $recur{$name} = $value }
        else { $recur{$name} = [split /,/, $value] }
    }
    $recur{count} = $series->{count} if defined $series->{count};
    $recur{until} = wall($series->{until}) if defined $series->{until};
    my $last = wall($series->{last});
    my $iterator = DateTime::Event::ICal->recur(%recur)->iterator;
    my %found;
    while (my $time = $iterator->next) {
        last if $time > $last;
        die "no answer" if $is_late;
        my $zoned = $time->clone;
        # It dies where the clock skips the time, which is then no occurrence.
        $found{$zoned->epoch} = 1 if eval { $zoned->set_time_zone($series->{zone}); 1 };
        die "too many" if keys %found > 1000;
    }
    $found{$_} = 1 for @{$series->{added}};
    delete $found{$_} for @{$series->{removed}};
    return [sort { $a <=> $b } map { $_ + 0 } grep { $_ <= $series->{through} } keys %found];
}

while (my $line = <STDIN>) {
    my $series = $json->decode($line);
    $is_late = 0;
    local $SIG{ALRM} = sub { $is_late = 1; die "no answer" };
    $series->{perl} = eval {
        alarm 3;
        my $starts = starts($series);
        alarm 0;
        $starts;
    };
    alarm 0;
    undef $series->{perl} if $is_late;
    print $json->encode($series), "\n";
}
