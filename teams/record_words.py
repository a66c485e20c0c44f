"""What is done with offices, posts, people and rules, in the words of the record."""

from django.utils.translation import gettext_lazy as _

from .history.acts import say

say(
    _("টিম"),
    {
        "team.create": _("টিম গঠনের খসড়া শুরু করা হয়েছে"),
        "team.update": _("টিম গঠনের খসড়া বদলানো হয়েছে"),
        "team.delete": _("টিম গঠনের খসড়া মুছে ফেলা হয়েছে"),
        "team.enter": _("আগে গঠিত টিম নথিভুক্ত করা হয়েছে"),
        "team.issue": _("টিম গঠনের অফিস আদেশ জারি করা হয়েছে"),
        "team.replace": _("নতুন আদেশে টিম পুনর্গঠিত হয়েছে"),
        "team.dissolve": _("টিম বিলুপ্ত করা হয়েছে"),
        "postgroup.create": _("পদের দল তৈরি করা হয়েছে"),
        "postgroup.update": _("পদের দলের নাম বা অবস্থা বদলানো হয়েছে"),
        "postgroup.members": _("পদের দলে কারা আছেন তা বদলানো হয়েছে"),
        "memoprefix.add": _("নথি নম্বর যোগ করা হয়েছে"),
        "memoprefix.update": _("নথি নম্বর বদলানো হয়েছে"),
    },
)
say(
    _("পদ ও জনবল"),
    {
        "post.create": _("পদ তৈরি করা হয়েছে"),
        "post.update": _("পদের তথ্য বদলানো হয়েছে"),
        "post.close": _("পদ বন্ধ করা হয়েছে"),
        "post.reopen": _("বন্ধ পদ আবার চালু করা হয়েছে"),
        "post.charge": _("কয়েক দিনের দায়িত্ব দেওয়া হয়েছে"),
        "post.move": _("তালিকায় পদের ক্রম বদলানো হয়েছে"),
        "post.transfer": _("পদে বদলি লেখা হয়েছে"),
        "post.release": _("কয়েক দিনের দায়িত্বের শেষ দিন বদলানো হয়েছে"),
        "post.call_off": _("লেখা বদলি বাতিল করা হয়েছে"),
        "handover.note": _("পরবর্তীজনের জন্য কথা লেখা হয়েছে"),
        "handover.given": _("দায়িত্ব হস্তান্তরে বিদায়ী কর্মকর্তা স্বাক্ষর করেছেন"),
        "handover.taken": _("দায়িত্ব হস্তান্তরে যোগদানকারী কর্মকর্তা স্বাক্ষর করেছেন"),
        "handover.settled": _("দায়িত্ব হস্তান্তর সম্পন্ন করা হয়েছে"),
        "person.update": _("ব্যক্তির নাম বা যোগাযোগ বদলানো হয়েছে"),
    },
)
say(
    _("অ্যাকাউন্ট"),
    {
        "invitation.create": _("আমন্ত্রণ দেওয়া হয়েছে"),
        "invitation.revoke": _("আমন্ত্রণ ফিরিয়ে নেওয়া হয়েছে"),
        "invitation.use": _("আমন্ত্রণের কোড ব্যবহার করা হয়েছে"),
        "session.end": _("একটি লগ-ইন শেষ করা হয়েছে"),
        "session.end_others": _("অন্য সব লগ-ইন শেষ করা হয়েছে"),
        "second_factor.add_app": _("দুই ধাপের লগ-ইনের অ্যাপ যোগ করা হয়েছে"),
        "second_factor.remove_app": _("দুই ধাপের লগ-ইনের অ্যাপ সরানো হয়েছে"),
        "second_factor.add_passkey": _("পাসকি যোগ করা হয়েছে"),
        "second_factor.rename_passkey": _("পাসকির নাম বদলানো হয়েছে"),
        "second_factor.remove_passkey": _("পাসকি সরানো হয়েছে"),
        "second_factor.reset": _("দুই ধাপের লগ-ইন মুছে নতুন করে শুরু করা হয়েছে"),
        "recovery_codes.show": _("উদ্ধার কোড দেখা হয়েছে"),
        "recovery_codes.renew": _("নতুন উদ্ধার কোড নেওয়া হয়েছে"),
    },
)
say(
    _("দপ্তর ও নিয়ম"),
    {
        "officechange.plan": _("দপ্তরের পরিবর্তন নির্ধারণ করা হয়েছে"),
        "officechange.apply": _("দপ্তরের পরিবর্তন কার্যকর হয়েছে"),
        "officechange.cancel": _("দপ্তরের নির্ধারিত পরিবর্তন বাতিল করা হয়েছে"),
        "rule.add": _("নিয়ম যোগ করা হয়েছে"),
        "rule.correct": _("নিয়ম সংশোধন করা হয়েছে"),
        "rule.withdraw": _("নিয়ম প্রত্যাহার করা হয়েছে"),
        "staffimport.keep": _("জনবলের তালিকা আনা হয়েছে"),
        "staffimport.apply": _("জনবলের তালিকা থেকে পদ ও কর্মকর্তা লেখা হয়েছে"),
        "extension.grant": _("বাড়তি সময় দেওয়া হয়েছে"),
        "extension.revoke": _("বাড়তি সময় প্রত্যাহার করা হয়েছে"),
    },
)
